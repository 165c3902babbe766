//! What stands around the content of a page: its head with the policy, its looks and its script.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::chart::Theme;
use crate::report::html::{Html, json_in_script};

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = concat!(
    "\"use strict\";\n(() => {\n",
    include_str!("script/money.js"),
    include_str!("script/axes.js"),
    include_str!("script/draw.js"),
    include_str!("script/chart.js"),
    include_str!("script/reading.js"),
    include_str!("script/page.js"),
    "})();\n"
);

/// What fills the page's gaps.
#[derive(Debug)]
pub(super) struct Shell<'a> {
    pub(super) title: &'a str,
    pub(super) about: &'a str,
    pub(super) contents: &'a Html,
    pub(super) main: &'a Html,
    pub(super) footer: &'a Html,
    /// As JSON.
    pub(super) data: &'a str,
}

impl Shell<'_> {
    /// The page.
    pub(super) fn html(&self) -> String {
        let style = style();
        let text = |words: &str| {
            let mut out = Html::new();
            out.text(words);
            out.as_str().to_owned()
        };
        let fill = |name: &str| match name {
            "policy" => policy(&style),
            "version" => env!("CARGO_PKG_VERSION").to_owned(),
            "title" => text(self.title),
            "about" => text(self.about),
            "style" => style.clone(),
            "contents" => self.contents.as_str().to_owned(),
            "main" => self.main.as_str().to_owned(),
            "footer" => self.footer.as_str().to_owned(),
            "data" => json_in_script(self.data),
            "script" => SCRIPT.to_owned(),
            _ => unreachable!("the page has no other gap"),
        };
        let mut out = String::new();
        for (at, part) in PAGE.split("{{").enumerate() {
            match part.split_once("}}") {
                Some((name, rest)) if at > 0 => {
                    out += &fill(name);
                    out += rest;
                }
                _ => out += part,
            }
        }
        out
    }
}

/// What the page may do: draw with its own styles and run its own script, and load nothing.
fn policy(style: &str) -> String {
    format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(SCRIPT)
    )
}

/// The hash by which a policy names what stands between two tags.
fn hash(content: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(content.as_bytes())))
}

/// The looks, with the colours of both themes, for the pictures too: those have the light ones as attributes, which a style goes before.
fn style() -> String {
    let (light, dark) = (variables(Theme::Light), variables(Theme::Dark));
    let mut out = format!(
        ":root{{color-scheme:light;{light}}}\n\
         @media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n\
         @media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}\n"
    );
    for (name, colour) in Theme::Light.colours() {
        for attribute in ["fill", "stroke"] {
            out += &format!(".static [{attribute}=\"{colour}\"]{{{attribute}:var(--{name})}}\n");
        }
    }
    out + STYLE
}

/// The colours of a theme as variables of the style.
fn variables(theme: Theme) -> String {
    let mut out = String::new();
    for (name, colour) in theme.colours() {
        out += &format!("--{name}:{colour};");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_browsers() {
        // From the specification of the policy.
        assert_eq!(hash("doSomething();"), "sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc=");
    }

    #[test]
    fn style_and_script_end_nothing() {
        for part in [&style(), SCRIPT] {
            assert!(!part.contains("</") && !part.contains("<!--"));
        }
    }
}
