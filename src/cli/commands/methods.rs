//! `topline methods`: what each method does, needs and cannot do, and where it is described.

use topline::export::write_methods;
use topline::project::named::Named;

use crate::cli::args::MethodsArgs;
use crate::cli::io::files::{print_answer, print_with};
use crate::cli::render::failure::Failure;
use crate::cli::render::methods::block;

/// Runs the command.
pub fn run(args: &MethodsArgs) -> Result<(), Failure> {
    let asked = Named::ALL.into_iter().filter(|method| args.name.is_none_or(|name| name == *method));
    let methods: Vec<Named> = asked.collect();
    let Some(screen) = args.format.asked().screen() else { return print_with(|out| write_methods(out, &methods)) };
    print_answer(&methods.iter().map(|method| block(*method, screen.width)).collect::<Vec<_>>().join("\n"), screen)
}
