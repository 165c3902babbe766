//! The files that figures came from, as they were understood: for `inspect`.

use std::fmt::Write as _;

use topline::calendar::Month;
use topline::export::{SourceColumn, SourceDecision, SourceFile};
use topline::read::{DateOrder, Evidence, FileReport, Form, HeaderBy, Reason};
use unicode_width::UnicodeWidthStr;

use crate::cli::render::lines::wrapped;
use crate::cli::render::screen::MARKDOWN;
use crate::cli::render::shown::shown;
use crate::cli::render::style::{ACCENT, DIM};

/// What the decision on the header is called.
const HEADER: &str = "header";

/// How wide the text is, at most.
const MOST_WIDTH: usize = 80;

/// The widest name of a column that stands beside its reason rather than above it.
const WIDEST_NAME: usize = 24;

/// The report of a file as the JSON has it.
pub fn source(report: &FileReport) -> SourceFile {
    let columns = report.columns.iter().map(|column| SourceColumn {
        name: column.name.clone(),
        role: column.role.map(|role| role.name().to_owned()),
        used: column.used,
        reason: column.because(),
        series: column.series.clone(),
        near: column.near.map(|role| role.name().to_owned()),
    });
    let dialect = if let Form::Text(dialect) = &report.form { Some(dialect) } else { None };
    SourceFile {
        file: report.file.to_string(),
        format: report.form.name(),
        sheet: if let Form::Workbook { sheet } = &report.form { Some(sheet.clone()) } else { None },
        encoding: dialect.map(|dialect| dialect.encoding.to_owned()),
        byte_order_mark: dialect.is_some_and(|dialect| dialect.byte_order_mark),
        delimiter: dialect.map(|dialect| dialect.delimiter),
        layout: report.layout.map(str::to_owned),
        preamble_rows: report.preamble_rows,
        rows: report.rows,
        looked_at: report.looked_at,
        columns: columns.collect(),
        decisions: decisions(report),
    }
}

fn decisions(report: &FileReport) -> Vec<SourceDecision> {
    let mut decisions = Vec::new();
    let mut say = |question: &str, answer: String, evidence: String| {
        decisions.push(SourceDecision { question: question.to_owned(), answer, evidence });
    };
    if let Some(header) = report.header {
        say(HEADER, header.to_string(), header.evidence());
    }
    if let Some(unit) = &report.unit {
        say("unit", unit.what.to_string(), unit.by.to_string());
    }
    if let Some(end) = &report.fiscal_year_end {
        let month = Month::new(2000, end.what.into()).map_or("", Month::long_name);
        say("fiscal years", format!("end in {month}"), end.by.to_string());
    }
    if let Some(months) = &report.months {
        let each = match months.what {
            1 => "a month each".to_owned(),
            many => format!("{many} months each"),
        };
        say("periods of a day", each, months.by.to_string());
    }
    let mut add = |question: &str, answer: String, evidence: Evidence| {
        let evidence = match evidence {
            Evidence::Option => "the option".to_owned(),
            Evidence::Cells(1) => "1 cell that reads one way only".to_owned(),
            Evidence::Cells(count) => format!("{count} cells that read one way only"),
            Evidence::Rule => "the rule for such files".to_owned(),
        };
        say(question, answer, evidence);
    };
    if let Some((mark, evidence)) = report.decisions.decimal {
        add("decimal mark", mark.to_string(), evidence);
    }
    if let Some((order, evidence)) = report.decisions.date_order {
        let order = if order == DateOrder::DayFirst { "day first" } else { "month first" };
        add("order of dates", order.to_owned(), evidence);
    }
    if let Some((from_1904, evidence)) = report.decisions.from_1904 {
        add("numbers of days", if from_1904 { "from 1904" } else { "from 1900" }.to_owned(), evidence);
    }
    decisions
}

fn delimiter_name(delimiter: char) -> String {
    match delimiter {
        ',' => "comma".to_owned(),
        ';' => "semicolon".to_owned(),
        '\t' => "tab".to_owned(),
        '|' => "bar".to_owned(),
        other => format!("{other:?}"),
    }
}

/// A file in a few lines: how it is written and laid out, which columns play which part and why, and what settled the rest.
pub fn block(report: &FileReport, source: &SourceFile, width: usize) -> String {
    let width = if width == MARKDOWN { width } else { width.min(MOST_WIDTH) };
    let mut out = format!("{ACCENT}{}{ACCENT:#}\n", shown(&source.file));
    let mark = if source.byte_order_mark { " with a mark" } else { "" };
    let written = match (source.delimiter, &source.encoding, &source.sheet) {
        (Some(delimiter), Some(encoding), _) => format!("{} between cells, {encoding}{mark}", delimiter_name(delimiter)),
        (_, _, Some(sheet)) => format!("the sheet \"{}\"", shown(sheet)),
        _ if source.format == "json" => "JSON".to_owned(),
        _ => "Parquet".to_owned(),
    };
    let layout = source.layout.as_deref().unwrap_or("no known layout");
    let above = match source.preamble_rows {
        0 => String::new(),
        1 => " below 1 row of titles".to_owned(),
        rows => format!(" below {rows} rows of titles"),
    };
    let plural = if source.rows == 1 { "" } else { "s" };
    let _ = match report.form {
        Form::Typed => writeln!(out, "  {} figure{plural} typed as text", source.rows),
        _ => writeln!(out, "  {layout}; {} row{plural}{above}; {written}", source.rows),
    };
    out += &columns(report, source, width);
    // A header in the first row goes without saying.
    let is_plain = report.header.is_none_or(|header| header.by == HeaderBy::Figures && header.below.is_none());
    let is_plain = is_plain && source.preamble_rows == 0;
    for decision in source.decisions.iter().filter(|decision| !(is_plain && decision.question == HEADER)) {
        let said = format!("{} {}, by {}", decision.question, decision.answer, decision.evidence);
        for (at, line) in wrapped(&shown(said), width - 4).into_iter().enumerate() {
            let line = match line.strip_prefix(decision.question.as_str()).filter(|_| at == 0) {
                Some(rest) => format!("{DIM}{}{DIM:#}{rest}", decision.question),
                None => line,
            };
            let _ = writeln!(out, "  {}{line}", if at == 0 { "" } else { "  " });
        }
    }
    out
}

/// Columns that are told in one line.
struct Told {
    part: String,
    names: String,
    reason: String,
}

/// The columns, each with its part and the reason for it; columns of periods that stand side by side in one line.
fn columns(report: &FileReport, source: &SourceFile, width: usize) -> String {
    let told = |column: &SourceColumn| {
        let part = column.role.as_ref().map(|role| role.replace('_', " "));
        let part = part.unwrap_or_else(|| if column.used { "used" } else { "left out" }.to_owned());
        let names = if column.name.is_empty() { "(no name)".to_owned() } else { shown(&column.name) };
        let near = column.near.as_ref().map(|near| format!("; did you mean {near}?")).unwrap_or_default();
        let series = column.series.as_ref().filter(|series| **series != column.name);
        let series = series.map(|series| format!(" of {series}")).unwrap_or_default();
        Told { part: part + &shown(series), names, reason: shown(format!("{}{near}", column.reason)) }
    };
    let mut lines: Vec<Told> = Vec::new();
    let mut at = 0;
    while let Some(first) = source.columns.get(at) {
        let is_alike = |other: &SourceColumn| (&other.role, &other.reason) == (&first.role, &first.reason);
        let is_period = report.columns.get(at).is_some_and(|column| column.reason == Reason::PeriodName);
        let run = source.columns[at..].iter().take_while(|other| is_alike(other)).count();
        let run = if is_period && run > 2 { run } else { 1 };
        let line = told(first);
        let names = match run {
            1 => line.names,
            _ => format!("{} … {} ({run})", line.names, shown(&source.columns[at + run - 1].name)),
        };
        // A column without a name and without cells is none.
        if first.used || !first.name.is_empty() {
            lines.push(Told { names: cut(&names, width - 4 - line.part.width()), ..line });
        }
        at += run;
    }
    let widest = |of: fn(&Told) -> &String| lines.iter().map(move |line| of(line).width());
    let part_width = widest(|line| &line.part).max().unwrap_or(0).min(WIDEST_NAME);
    let name_width = widest(|line| &line.names).filter(|width| *width <= WIDEST_NAME).max().unwrap_or(0);
    let indent = 2 + part_width + 2 + name_width + 2;
    let mut out = String::new();
    for Told { part, names, reason } in lines {
        let padding = |text: &str, width: usize| " ".repeat(width.saturating_sub(text.width()));
        let _ = write!(out, "  {DIM}{part}{DIM:#}{}  {names}", padding(&part, part_width));
        let is_beside = part.width() <= part_width && names.width() <= name_width;
        let before = if is_beside { padding(&names, name_width) + "  " } else { format!("\n{}", " ".repeat(indent)) };
        let reason = wrapped(&reason, width.saturating_sub(indent).max(20)).join(&format!("\n{}", " ".repeat(indent)));
        let _ = writeln!(out, "{before}{reason}");
    }
    if report.looked_at < report.rows {
        let _ = writeln!(out, "  {DIM}judged{DIM:#} by the first {} rows", report.looked_at);
    }
    out
}

/// The text, cut where it is wider than that.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    for c in text.chars() {
        if cut.width() + c.to_string().width() >= width {
            break;
        }
        cut.push(c);
    }
    cut + "…"
}
