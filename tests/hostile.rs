//! More than a hundred hostile inputs, through the whole program: a clear error or a stated handling each, and never a panic,
//! a half-written file or a number made of nothing.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// What must come of an input.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Outcome {
    /// Exit code 1, a message on standard error, nothing written.
    Refused,
    /// Exit code 0 and a projection of finite numbers.
    Projected,
}
use Outcome::{Projected, Refused};

/// Inputs that are given whole.
fn whole_files() -> Vec<(String, Vec<u8>, Outcome)> {
    let text: [(&str, &str, Outcome); 39] = [
        ("empty", "", Refused),
        ("one newline", "\n", Refused),
        ("blank lines", "\n\n\r\n\n", Refused),
        ("spaces", "   \n  \n", Refused),
        ("byte order mark alone", "\u{feff}", Refused),
        ("header only", "series,kind,period,value\n", Refused),
        ("header without newline", "series,kind,period,value", Refused),
        ("no header", "OpenAI,run-rate,2025-06,10B\n", Refused),
        ("one word", "hello", Refused),
        ("prose", "Revenue went up.\nIt will go up again.\n", Refused),
        ("html", "<html><body><table><tr><td>1</td></tr></table></body></html>\n", Refused),
        ("json", "{\"series\": [1, 2]}\n", Refused),
        ("no value column", "series,period\nA,2024\n", Refused),
        ("no period column", "series,value\nA,1\n", Refused),
        ("period named twice", "period,period,value\n2024,2025,1\n", Refused),
        ("value named by two synonyms", "period,value,amount\n2024,1,2\n", Projected),
        ("same header twice", "period,value,value\n2024,1,2\n", Refused),
        ("empty header cells", ",,\n2024,1,2\n", Refused),
        ("short row", "series,kind,period,value\nA,revenue,2024\n", Refused),
        ("long row", "series,kind,period,value\nA,revenue,2024,1,2,3\n", Refused),
        ("thousands unquoted", "period,value\n2024,1,234\n", Refused),
        ("quote never closed", "period,value\n2024,\"1\n", Refused),
        ("two currencies", "series,period,value\nA,2023,$1M\nA,2024,€1M\n", Refused),
        ("only a target", "series,kind,period,value\nA,target,2026,12B\n", Refused),
        ("only a contract", "series,kind,period,value\nA,contract,2025-03,12B\n", Refused),
        ("only an event", "series,kind,period,value\nA,event,2025-03,\n", Refused),
        ("target before the last figure", "series,kind,period,value\nA,revenue,2024,10B\nA,target,2023,12B\n", Projected),
        ("target of zero", "series,kind,period,value\nA,revenue,2024,10B\nA,target,2026,0\n", Projected),
        ("target below zero", "series,kind,period,value\nA,revenue,2024,10B\nA,target,2026,-5\n", Projected),
        ("target in a far year", "series,kind,period,value\nA,revenue,2024,10B\nA,target,2060,1T\n", Projected),
        ("target beyond a hundred years", "series,kind,period,value\nA,revenue,2024,10B\nA,target,2999,1T\n", Refused),
        (
            "a year and its quarters that differ tenfold",
            "period,value\n2024,400\n2024Q1,10\n2024Q2,10\n2024Q3,10\n2024Q4,10\n",
            Projected,
        ),
        ("the same row a hundred times", &("period,value\n".to_owned() + &"2024,5\n".repeat(100)), Projected),
        ("rows in reverse", "period,value\n2025,3\n2024,2\n2023,1\n", Projected),
        ("formula in a name", "series,period,value\n=1+1,2024,5\n", Projected),
        ("name of ten thousand letters", &format!("series,period,value\n{},2024,5\n", "x".repeat(10_000)), Projected),
        ("name with newlines and quotes", "series,period,value\n\"a \"\"b\"\"\nc\",2024,5\n", Projected),
        ("name that leads out of the folder", "series,period,value\n../../etc/passwd,2024,5\n", Projected),
        ("name of right-to-left and emoji", "series,period,value\nשלום 🚀,2024,5\n", Projected),
    ];
    let bytes: [(&str, &[u8], Outcome); 11] = [
        ("parquet's first bytes", b"PAR1", Refused),
        ("parquet without an end", b"PAR1\x15\x04\x15\x10", Refused),
        ("parquet with an end that lies", b"PAR1\x15\x04\x15\x10\xff\xff\xff\x7fPAR1", Refused),
        ("zero bytes", &[0; 64], Refused),
        ("gzip", &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3], Refused),
        ("zip", b"PK\x03\x04\x14\x00\x06\x00", Refused),
        ("png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Refused),
        ("broken UTF-8 among good", "series,period,value\nÄ,2024,5\n".as_bytes().split_at(22).0, Refused),
        ("lone continuation bytes", b"\x80\x80,\x80\n\xff,1\n", Refused),
        ("nul in a cell", b"series,period,value\nA\0B,2024,x\0\n", Refused),
        ("odd UTF-16", b"\xff\xfep\0e\0r", Refused),
    ];
    let text = text.into_iter().map(|(name, text, outcome)| (name.to_owned(), text.as_bytes().to_vec(), outcome));
    let bytes = bytes.into_iter().map(|(name, bytes, outcome)| (name.to_owned(), bytes.to_vec(), outcome));
    let ten_megabytes = "series,period,value\nA,2024,".to_owned() + &"9".repeat(10 << 20) + "\n";
    text.chain(bytes).chain([("ten megabytes in a cell".to_owned(), ten_megabytes.into_bytes(), Refused)]).collect()
}

/// Values in an otherwise good row.
fn values() -> Vec<(String, Vec<u8>, Outcome)> {
    let refused = [
        "inf",
        "-inf",
        "Infinity",
        "1e400",
        "-1e400",
        "0x10",
        "ten",
        "1.2.3",
        "1,2,3",
        "--5",
        "5%",
        "10-12",
        "$",
        "B",
        "e9",
        "1e",
        "=SUM(A1)",
        "#REF!",
        "#DIV/0!",
        "-5",
        "(123)",
        "10X",
        "10 zillion",
        "١٢٣",
        "½",
        "1/2",
        "€$5",
        "10B20",
        "+",
    ];
    // A year of nothing after one of revenue is an end.
    let projected = [
        "NaN", "nan", "0", "0.00", "-0", "1e-400", "1_000", "..", "1", "0.01", "1e-6", "1e15", "9e15", "+5", "1e2", "$ 5",
        "5 USD",
    ];
    let row = |value: &str| format!("series,kind,period,value\nA,revenue,2023,100\nA,revenue,2024,\"{value}\"\n").into_bytes();
    let refused = refused.map(|value| (format!("value {value}"), row(value), Refused));
    refused.into_iter().chain(projected.map(|value| (format!("value {value}"), row(value), Projected))).collect()
}

/// Periods in an otherwise good row.
fn periods() -> Vec<(String, Vec<u8>, Outcome)> {
    let refused = [
        "",
        "-",
        "n/a",
        "soon",
        "June",
        "2025-13",
        "2025-02-30",
        "2025-00",
        "0000",
        "99999",
        "2024Q5",
        "2024Q0",
        "Q3",
        "2024H3",
        "2025-06/2025-01",
        "2025/2026",
        "2012.4",
        "24",
        "-2024",
        "2024-",
        "03/04/2025",
        "Feb 12-28, 2025",
        "1.5",
        "12/2025/12",
    ];
    let row = |period: &str| format!("series,kind,period,value\nA,revenue,2023,100\nA,revenue,\"{period}\",110\n").into_bytes();
    let left_out = [("period TTM".to_owned(), row("TTM"), Projected)];
    refused.into_iter().map(|period| (format!("period {period}"), row(period), Refused)).chain(left_out).collect()
}

fn kinds() -> Vec<(String, Vec<u8>, Outcome)> {
    let row = |kind: &str| format!("series,kind,period,value\nA,revenue,2023,100\nA,\"{kind}\",2024-06,110\n").into_bytes();
    ["profit", "runrat", "???", "revenue; target"].map(|kind| (format!("kind {kind}"), row(kind), Refused)).into()
}

/// What is wrong with how the program takes an input, if anything.
fn fault(folder: &Path, bytes: &[u8], expected: Outcome) -> Option<String> {
    let (input, output) = (folder.join("input.csv"), folder.join("output"));
    fs::write(&input, bytes).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_topline"));
    let result = command.args(["project", "--no-charts", "--format", "csv", "-o"]).arg(&output).arg(&input).output().unwrap();
    let (out, err) = (String::from_utf8(result.stdout).unwrap(), String::from_utf8(result.stderr).unwrap());
    let written = fs::read_dir(&output).into_iter().flatten().count();
    let table = fs::read_to_string(output.join("projection.csv")).unwrap_or_default();
    let _ = fs::remove_dir_all(&output);
    let wrong = match expected {
        _ if err.contains("panicked") => "it panics",
        Refused if result.status.code() != Some(1) => "it is not refused",
        Refused if !out.is_empty() || written > 0 => "something is printed or written",
        Refused if !err.contains("input.csv") && !err.starts_with("error: ") => "it is not told where",
        Refused if !err.contains("hint: ") => "it is not told what to do",
        Refused if err.len() > 20_000 => "it floods the terminal",
        Projected if result.status.code() != Some(0) => "it is refused",
        Projected if out.contains("NaN") || out.contains("inf") => "not every number is finite",
        Projected if table != out || written != 2 => "the files are not what was printed",
        _ => return None,
    };
    Some(format!("{wrong}\n{out}{err}"))
}

#[test]
fn every_hostile_input_is_handled() {
    let folder = tempfile::tempdir().unwrap();
    let inputs: Vec<_> = whole_files().into_iter().chain(values()).chain(periods()).chain(kinds()).collect();
    assert!(inputs.len() >= 100, "{} inputs", inputs.len());
    let faults = inputs
        .iter()
        .filter_map(|(name, bytes, expected)| Some(format!("{name}: {}", fault(folder.path(), bytes, *expected)?)));
    let faults: Vec<String> = faults.collect();
    assert!(faults.is_empty(), "{} of {} inputs:\n\n{}", faults.len(), inputs.len(), faults.join("\n"));
}
