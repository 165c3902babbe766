//! The styles of what is printed, the same in every command; they are left out where colours are not wanted.

use anstyle::{AnsiColor, Style};

/// What matters most on a line.
pub const BOLD: Style = Style::new().bold();
/// Words around numbers.
pub const DIM: Style = Style::new().dimmed();
/// The name that begins a block.
pub const ACCENT: Style = AnsiColor::Cyan.on_default().bold();
/// What is wrong.
pub const RED: Style = AnsiColor::Red.on_default().bold();
/// What may be wrong.
pub const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
/// Hints and notes.
pub const CYAN: Style = AnsiColor::Cyan.on_default();
