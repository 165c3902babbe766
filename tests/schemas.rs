//! The JSON of each command on the sample data is as its schema in `docs/schema/` says, and the schemas say what there is.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// The words of JSON Schema that are checked here; a schema has no others.
const WORDS: [&str; 10] =
    ["$schema", "title", "description", "type", "properties", "required", "additionalProperties", "items", "const", "enum"];

/// A command and arguments that it answers in JSON.
const CASES: [&[&str]; 12] = [
    &["project", "data/revenue.csv"],
    &["project", "data/revenue.csv", "--scenario", "data/scenarios.toml", "--until", "2026"],
    &["project", "data/example.csv", "--derive"],
    &["project", "data/shop-months.csv", "--horizon", "2m", "--method", "ets"],
    &["target", "data/revenue.csv"],
    &["compare", "data/revenue.csv", "--until", "2026"],
    &["score", "data/saved/years.csv", "data/ai-and-cloud-later.csv"],
    &["backtest", "data/shop-months.csv", "--methods", "naive,linear", "--origins", "2", "--horizon", "2m"],
    &["reconcile", "data/revenue.csv", "--with-targets", "exit"],
    &["inspect", "data/revenue.csv"],
    &["inspect", "data/fiscal-year.csv"],
    &["methods"],
];

fn topline(args: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_topline"));
    let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn is_of(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other} is no type"),
    }
}

/// What is wrong with a value, by the place in it.
fn faults(schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let known = schema.as_object().unwrap();
    for word in known.keys() {
        assert!(WORDS.contains(&word.as_str()), "{at}: {word} is not checked");
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(some) => some.iter().map(|kind| kind.as_str().unwrap()).collect(),
        _ => Vec::new(),
    };
    if !kinds.is_empty() && !kinds.iter().any(|kind| is_of(kind, value)) {
        found.push(format!("{at} is {value}, not {kinds:?}"));
    }
    if known.get("const").is_some_and(|only| only != value) {
        found.push(format!("{at} is {value}"));
    }
    if known.get("enum").is_some_and(|some| !some.as_array().unwrap().contains(value)) {
        found.push(format!("{at} is {value}, which is not among those listed"));
    }
    if let Value::Array(items) = value
        && let Some(schema) = known.get("items")
    {
        for (index, item) in items.iter().enumerate() {
            faults(schema, item, &format!("{at}[{index}]"), found);
        }
    }
    let Value::Object(fields) = value else { return };
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !fields.contains_key(name) {
            found.push(format!("{at} has no {name}"));
        }
    }
    for (name, field) in fields {
        match schema["properties"].get(name) {
            Some(schema) => faults(schema, field, &format!("{at}.{name}"), found),
            None if schema["additionalProperties"] == false => found.push(format!("{at}.{name} is not in the schema")),
            None => {}
        }
    }
}

fn schema(command: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema").join(format!("{command}.json"));
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

#[test]
fn answers_are_as_their_schemas_say() {
    for case in CASES {
        let answer = topline(&[case, &["--json"]].concat());
        let mut found = Vec::new();
        faults(&schema(case[0]), &answer, "answer", &mut found);
        assert!(found.is_empty(), "{case:?}:\n{}", found.join("\n"));
    }
}

#[test]
fn what_is_not_as_a_schema_says_is_found() {
    let schema = schema("methods");
    let right = topline(&["methods", "ets", "--json"]);
    let fault = |change: &dyn Fn(&mut Value)| {
        let mut wrong = right.clone();
        change(&mut wrong);
        let mut found = Vec::new();
        faults(&schema, &wrong, "answer", &mut found);
        found.join("\n")
    };
    assert_eq!(fault(&|_| ()), "");
    assert_eq!(fault(&|wrong| wrong[0]["name"] = 5.into()), "answer[0].name is 5, not [\"string\"]");
    assert_eq!(fault(&|wrong| wrong[0]["more"] = 5.into()), "answer[0].more is not in the schema");
    assert_eq!(fault(&|wrong| _ = wrong[0].as_object_mut().unwrap().remove("does")), "answer[0] has no does");
}

#[test]
fn each_schema_is_printed_by_the_command() {
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema")).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert_eq!(topline(&["schema", name]), schema(name), "{name}");
        assert!(CASES.iter().any(|case| case[0] == name), "no case of {name}");
    }
}
