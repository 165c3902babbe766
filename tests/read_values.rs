//! Numbers of workbooks are read as numbers: what their digits could be taken for in a text plays no part.
#![cfg(feature = "sheet")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // helpers of tests are tests, which clippy does not see

mod workbook;

use topline::read::{Options, Reader};

/// A workbook with a column of years and one of amounts, both numbers.
fn of_figures(rows: &[(u32, &str)]) -> Vec<u8> {
    let text = |text: &str| format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#);
    let number = |number: &str| format!("<c><v>{number}</v></c>");
    let mut sheet = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#.to_owned();
    sheet += &format!("<row>{}{}</row>", text("period"), text("value"));
    for (year, amount) in rows {
        sheet += &format!("<row>{}{}</row>", number(&year.to_string()), number(amount));
    }
    sheet += "</sheetData></worksheet>";
    workbook::of_sheet(sheet.as_bytes())
}

/// The amounts of a workbook and their units, with the cells as shown.
fn amounts(rows: &[(u32, &str)]) -> Vec<(f64, f64, String)> {
    let mut options = Options::default();
    options.keep_written = true;
    options.as_given = true;
    let mut reader = Reader::new(options);
    reader.add("figures.xlsx", of_figures(rows).as_slice()).unwrap();
    let reading = reader.finish().unwrap();
    assert_eq!(reading.series.len(), 1);
    let figures = reading.series[0].figures().iter();
    let amount = |figure: &topline::series::Figure| {
        let amount = figure.fact.amount().unwrap();
        (amount.value(), amount.unit(), figure.written().unwrap().value.clone())
    };
    figures.map(amount).collect()
}

#[test]
fn numbers_are_exact_and_without_noise() {
    let cases = [
        (2019, "16200901999.999998", 16_200_902_000.0, 1.0, "16200902000"),
        (2020, "0.30000000000000004", 0.3, 0.1, "0.3"),
        // A text like this might be 1234 with a point, and its column would be asked about.
        (2021, "1.234", 1.234, 0.001, "1.234"),
        (2022, "123.456", 123.456, 0.001, "123.456"),
        (2023, "1.25E+7", 12_500_000.0, 1.0, "12500000"),
    ];
    let rows: Vec<(u32, &str)> = cases.iter().map(|(year, number, ..)| (*year, *number)).collect();
    let expected: Vec<(f64, f64, String)> =
        cases.iter().map(|(_, _, value, unit, shown)| (*value, *unit, (*shown).to_owned())).collect();
    assert_eq!(amounts(&rows), expected);
}

/// Nothing but numbers that could be read in two ways: nothing is asked of them.
#[test]
fn three_decimals_are_no_question() {
    let read = amounts(&[(2021, "1.234"), (2022, "2.345"), (2023, "3.456")]);
    assert_eq!(read.iter().map(|(value, ..)| *value).collect::<Vec<f64>>(), [1.234, 2.345, 3.456]);
}
