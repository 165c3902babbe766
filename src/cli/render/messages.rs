//! What is said on standard error while a command works.

use std::io::{self, Write};

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
    /// A warning is said unless the user wants quiet; a note only if the user wants all.
    pub warning: bool,
}

/// Says the messages that the user wants to hear.
pub fn say(messages: &[Message], wanted: MessageArgs) {
    let told = messages.iter().filter(|message| if message.warning { !wanted.quiet } else { wanted.verbose });
    let screen = Screen::of_messages();
    let mut err = anstream::AutoStream::auto(io::stderr()).lock();
    for message in told {
        let (style, word) = if message.warning { (YELLOW, "warning") } else { (CYAN, "note") };
        let place = message.place.as_ref().map(|place| shown(format!("{place}: "))).unwrap_or_default();
        // Nothing is left to tell if standard error is closed.
        let text = format!("{place}{style}{word}:{style:#} {}", shown(&message.text));
        let text = screen.map_or(text.clone(), |screen| paragraphs(&text, screen.width));
        let _ = writeln!(err, "{text}");
    }
}
