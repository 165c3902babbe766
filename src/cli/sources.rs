//! The files that figures came from, as they were understood: for `inspect`.

use std::fmt::Write as _;

use topline::export::{SourceColumn, SourceDecision, SourceFile};
use topline::read::{DateOrder, Evidence, FileReport, Form};

use crate::cli::shown::shown;
use crate::cli::style::{ACCENT, DIM};

/// The report of a file as the JSON has it.
pub fn source(report: &FileReport) -> SourceFile {
    let columns = report.columns.iter().map(|column| SourceColumn {
        name: column.name.clone(),
        role: column.role.map(|role| role.name().to_owned()),
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
        columns: columns.collect(),
        decisions: decisions(report),
    }
}

fn decisions(report: &FileReport) -> Vec<SourceDecision> {
    let mut decisions = Vec::new();
    let mut add = |question: &str, answer: String, evidence: Evidence| {
        let evidence = match evidence {
            Evidence::Option => "the option".to_owned(),
            Evidence::Cells(1) => "1 cell that reads one way only".to_owned(),
            Evidence::Cells(count) => format!("{count} cells that read one way only"),
            Evidence::Rule => "the rule for such files".to_owned(),
        };
        decisions.push(SourceDecision { question: question.to_owned(), answer, evidence });
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

/// A file in a few lines: how it is written and laid out, which columns play which part, and which none.
pub fn block(source: &SourceFile) -> String {
    let mut out = format!("{ACCENT}{}{ACCENT:#}\n", shown(&source.file));
    let mark = if source.byte_order_mark { " with a mark" } else { "" };
    let written = match (source.delimiter, &source.encoding, &source.sheet) {
        (Some(delimiter), Some(encoding), _) => format!("{} between cells, {encoding}{mark}", delimiter_name(delimiter)),
        (_, _, Some(sheet)) => format!("the sheet {sheet:?}"),
        _ if source.format == "json" => "JSON".to_owned(),
        _ => "Parquet".to_owned(),
    };
    let layout = source.layout.as_deref().unwrap_or("no known layout");
    let above = match source.preamble_rows {
        0 => String::new(),
        1 => " below 1 row of titles".to_owned(),
        rows => format!(" below {rows} rows of titles"),
    };
    let _ = writeln!(out, "  {layout}; {} row{}{above}; {written}", source.rows, if source.rows == 1 { "" } else { "s" });
    let used = source.columns.iter().filter_map(|column| {
        let role = column.role.as_deref()?;
        let what = column.series.as_deref().map_or_else(|| role.to_owned(), |series| format!("{role} of {series}"));
        Some(if column.name == what { what } else { format!("{} as {what}", column.name) })
    });
    let used: Vec<String> = used.collect();
    if !used.is_empty() {
        let _ = writeln!(out, "  {DIM}columns{DIM:#}  {}", used.join(", "));
    }
    let unused = source.columns.iter().filter(|column| column.role.is_none() && !column.name.is_empty());
    let unused: Vec<String> = unused
        .map(|column| match &column.near {
            Some(near) => format!("{} (did you mean {near}?)", column.name),
            None => column.name.clone(),
        })
        .collect();
    if !unused.is_empty() {
        let _ = writeln!(out, "  {DIM}not used{DIM:#} {}", unused.join(", "));
    }
    for decision in &source.decisions {
        let _ = writeln!(out, "  {DIM}{}{DIM:#} {}, by {}", decision.question, decision.answer, decision.evidence);
    }
    out
}
