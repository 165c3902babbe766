//! What is said on standard error while a command works.

use std::io::{self, Write};

use topline::export::Notice;
use topline::series::Place;

use crate::cli::args::MessageArgs;
use crate::cli::render::lines::paragraphs;
use crate::cli::render::screen::Screen;
use crate::cli::render::shown::shown;
use crate::cli::render::style::{CYAN, YELLOW};

/// Something to say about the figures, and how much it matters.
#[derive(Clone, Debug)]
pub struct Message {
    /// Where the figure in question stood.
    pub place: Option<Place>,
    /// What there is to say.
    pub text: String,
    /// Who hears of it.
    pub weight: Weight,
}

impl Message {
    /// As files have it.
    pub fn notice(&self) -> Notice {
        (self.place.clone(), self.text.clone())
    }
}

/// How much a message matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Something may be wrong: said unless the user wants quiet, and `--strict` stops at it.
    Warning,
    /// What every reader of the result should know: said unless the user wants quiet.
    Plain,
    /// How plain cells are always read: said only if the user wants all.
    Detail,
}

impl Weight {
    /// Of a notice that is a warning, or not.
    pub fn of(is_warning: bool) -> Self {
        if is_warning { Self::Warning } else { Self::Detail }
    }
}

/// Says the messages that the user wants to hear.
pub fn say(messages: &[Message], wanted: MessageArgs) {
    let told = messages.iter().filter(|message| match message.weight {
        Weight::Warning | Weight::Plain => !wanted.quiet,
        Weight::Detail => wanted.verbose,
    });
    let screen = Screen::of_messages();
    let mut err = anstream::AutoStream::auto(io::stderr()).lock();
    for message in told {
        let (style, word) = if message.weight == Weight::Warning { (YELLOW, "warning") } else { (CYAN, "note") };
        let place = message.place.as_ref().map(|place| shown(format!("{place}: "))).unwrap_or_default();
        // Nothing is left to tell if standard error is closed.
        let text = format!("{place}{style}{word}:{style:#} {}", shown(&message.text));
        let text = screen.map_or(text.clone(), |screen| paragraphs(&text, screen.width));
        let _ = writeln!(err, "{text}");
    }
}
