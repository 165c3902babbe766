//! `topline methods`: what each method does, needs and cannot do, and where it is described.

use topline::export::write_methods;
use topline::project::named::Named;

use crate::cli::args::{AnswerFormat, MethodsArgs};
use crate::cli::io::files::{print_styled, print_with};
use crate::cli::render::failure::Failure;
use crate::cli::render::methods::block;
use crate::cli::render::screen::Screen;

/// Runs the command.
pub fn run(args: &MethodsArgs) -> Result<(), Failure> {
    let asked = Named::ALL.into_iter().filter(|method| args.name.is_none_or(|name| name == *method));
    let methods: Vec<Named> = asked.collect();
    match args.format.asked() {
        AnswerFormat::Table => {
            let width = Screen::of_output().width;
            print_styled(&methods.iter().map(|method| block(*method, width)).collect::<Vec<_>>().join("\n"))
        }
        AnswerFormat::Json => print_with(|out| write_methods(out, &methods)),
    }
}
