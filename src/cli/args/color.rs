//! `--color`: whether what is printed has colours.

use std::ffi::OsString;

use clap::{ColorChoice, ValueEnum};

/// Whether to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorArg {
    /// On a terminal, unless the environment says otherwise
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

impl ColorArg {
    /// What arguments say that are not yet looked through: messages about them have colours, or not, too.
    pub fn of(args: &[OsString]) -> Self {
        let said = |at: usize| {
            let text = args[at].to_str()?;
            let value = match text.strip_prefix("--color")? {
                "" => args.get(at + 1)?.to_str()?,
                rest => rest.strip_prefix('=')?,
            };
            <Self as ValueEnum>::from_str(value, false).ok()
        };
        let before_dashes = args.iter().position(|arg| arg == "--").unwrap_or(args.len());
        (0..before_dashes).find_map(said).unwrap_or(Self::Auto)
    }

    /// The same for the parser of arguments.
    pub fn choice(self) -> ColorChoice {
        match self {
            Self::Auto => ColorChoice::Auto,
            Self::Always => ColorChoice::Always,
            Self::Never => ColorChoice::Never,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_known_before_the_arguments_are() {
        let of = |text: &str| ColorArg::of(&text.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(of("topline project a.csv"), ColorArg::Auto);
        assert_eq!(of("topline --color never project"), ColorArg::Never);
        assert_eq!(of("topline project --color=always"), ColorArg::Always);
        assert_eq!(of("topline project --color"), ColorArg::Auto);
        assert_eq!(of("topline project -- --color=always"), ColorArg::Auto);
    }
}
