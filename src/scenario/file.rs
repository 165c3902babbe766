//! Scenarios from a TOML file: every problem at once, each with its place, the line that it stands in, and a hint.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range as Span;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{check, text};
use crate::near;
use crate::project::Setting;
use crate::read::Excerpt;
use crate::scenario::{Assumption, Event, Fault, Rate, Scenario};
use crate::series::{Place, Series};

/// Something in a file of scenarios that cannot be, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Where it stands.
    pub place: Place,
    /// The line that it stands in.
    pub excerpt: Excerpt,
    /// What is wrong.
    pub fault: Fault,
}

/// `scenarios.toml:3:17: "0.6" is not a percentage`, and the hint below it.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n  hint: {}", self.place, self.fault, self.fault.hint())
    }
}

/// All problems of a file, in order of their places.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// One at least.
    pub fn all(&self) -> &[Problem] {
        &self.0
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

const TOP: &[&str] = &["note", "rates", "scenario"];
const SCENARIO: &[&str] = &["name", "note", "cases", "growth", "event", "cap", "target", "rates"];
const EVENT: &[&str] = &["name", "series", "amount", "from", "until", "duration", "ramp", "probability"];

/// Reads the scenarios of a TOML text; `file` is its name for messages. The assumptions are about `series`, each of which has a name
/// of its own.
///
/// # Errors
///
/// If the text is not TOML, or if anything in it is unknown, of the wrong type, or cannot hold for the series: all that is wrong.
pub fn read(file: &str, text: &str, series: &[Series]) -> Result<Vec<Scenario>, Problems> {
    let mut reader = Reader { file: file.into(), text, series, problems: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let message = error.message().trim().replace('\n', "; ");
        reader.problem(error.span().unwrap_or(0..0), Fault::Syntax { message });
    }
    // What a broken table holds may be no more than half of what was meant.
    let scenarios = if errors.is_empty() { reader.scenarios(table.get_ref()) } else { Vec::new() };
    if reader.problems.is_empty() {
        return Ok(scenarios);
    }
    reader.problems.sort_by_key(|problem| (problem.place.line, problem.place.column));
    // What holds for every series is told once.
    reader.problems.dedup();
    Err(Problems(reader.problems))
}

type Table<'t> = DeTable<'t>;
type Value<'t> = Spanned<DeValue<'t>>;

struct Reader<'a> {
    file: Arc<str>,
    text: &'a str,
    series: &'a [Series],
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn problem(&mut self, at: Span<usize>, fault: Fault) {
        let start = (0..=at.start.min(self.text.len())).rev().find(|start| self.text.is_char_boundary(*start)).unwrap_or(0);
        let (before, after) = self.text.split_at(start);
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let line_end = start + after.find(['\n', '\r']).unwrap_or(after.len());
        let end = at.end.clamp(start, line_end.max(start));
        let end = (start..=end).rev().find(|end| self.text.is_char_boundary(*end)).unwrap_or(start);
        let column = self.text[line_start..start].chars().count();
        let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let place = Place { file: self.file.clone(), line: small(before.matches('\n').count() + 1), column: small(column + 1) };
        let length = self.text[start..end].chars().count();
        let line: String = self.text[line_start..line_end].chars().map(|c| if c == '\t' { ' ' } else { c }).collect();
        self.problems.push(Problem { place, excerpt: Excerpt { text: line, start: column, length }, fault });
    }

    /// Takes the value, or notes what is wrong with it.
    fn take<T>(&mut self, at: Span<usize>, value: Result<T, Fault>) -> Option<T> {
        value.map_err(|fault| self.problem(at, fault)).ok()
    }

    /// Notes each key that is none of `known`.
    fn keys(&mut self, table: &Table<'_>, name: &'static str, known: &'static [&'static str]) {
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let text = key.get_ref().to_string();
            let near = near::nearest(&text.to_lowercase(), known.iter().copied()).map(|(_, near)| near);
            self.problem(key.span(), Fault::UnknownKey { key: text, table: name, known, near });
        }
    }

    fn wrong(&mut self, key: &str, value: &Value<'_>, example: &'static str) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.problem(value.span(), Fault::Type { key: key.to_owned(), found, example });
    }

    /// A text, or a number or a date as it is written.
    fn words(&mut self, key: &str, value: &Value<'_>, example: &'static str) -> Option<String> {
        match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().replace('_', "")),
            DeValue::Float(number) => Some(number.as_str().replace('_', "")),
            DeValue::Datetime(date) => Some(date.to_string()),
            _ => {
                self.wrong(key, value, example);
                None
            }
        }
    }

    fn text(&mut self, table: &Table<'_>, key: &'static str, example: &'static str) -> Option<String> {
        match table.get(key).map(|value| (value, value.get_ref())) {
            Some((_, DeValue::String(text))) => Some(text.trim().to_owned()),
            Some((value, _)) => {
                self.wrong(key, value, example);
                None
            }
            None => None,
        }
    }

    fn scenarios(&mut self, top: &Table<'_>) -> Vec<Scenario> {
        self.keys(top, "the file", TOP);
        _ = self.text(top, "note", "\"what the file is for\"");
        let rates = self.rates(top, &[]);
        let mut scenarios: Vec<Scenario> = Vec::new();
        let Some(list) = top.get("scenario") else {
            self.problem(0..0, Fault::NoScenario);
            return scenarios;
        };
        let DeValue::Array(list) = list.get_ref() else {
            self.wrong("scenario", list, "[[scenario]], with two brackets: there may be several");
            return scenarios;
        };
        for entry in list {
            let DeValue::Table(table) = entry.get_ref() else {
                self.wrong("scenario", entry, "[[scenario]], with two brackets: there may be several");
                continue;
            };
            self.keys(table, "a scenario", SCENARIO);
            let rates = self.rates(table, &rates);
            let assumptions = self.assumptions(table, &rates);
            let name = self.name(table, entry.span(), &scenarios);
            let note = self.text(table, "note", "\"what it supposes\"");
            let cases = match table.get("cases").map(|value| (value, value.get_ref())) {
                Some((_, DeValue::Boolean(cases))) => *cases,
                Some((value, _)) => {
                    self.wrong("cases", value, "true for the low, the base and the high case side by side");
                    false
                }
                None => false,
            };
            let scenario = Scenario { name: name.unwrap_or_default(), note, assumptions };
            if cases { scenarios.extend(scenario.cases()) } else { scenarios.push(scenario) }
        }
        scenarios
    }

    fn name(&mut self, table: &Table<'_>, at: Span<usize>, before: &[Scenario]) -> Option<String> {
        let Some(value) = table.get("name") else {
            self.problem(at, Fault::Missing { key: "name", table: "the scenario", example: "\"Base\"" });
            return None;
        };
        let name = self.text(table, "name", "\"Base\"")?;
        if name.is_empty() {
            self.problem(value.span(), Fault::NoName);
        } else if name == Setting::PLAIN || before.iter().any(|scenario| scenario.name == name) {
            self.problem(value.span(), Fault::SameName { name: name.clone() });
        }
        Some(name)
    }

    /// The rates of a table before those of the file.
    fn rates(&mut self, table: &Table<'_>, of_file: &[Rate]) -> Vec<Rate> {
        let mut rates = Vec::new();
        for Entry { key, at, value } in self.table(table, "rates", "a table [rates] with EUR = \"1.10 USD\"") {
            let DeValue::String(text) = value.get_ref() else {
                self.wrong(&key, value, "\"1.10 USD\": what one unit is worth, and in which currency");
                continue;
            };
            if let Some(of) = self.take(at, text::currency(&key)) {
                rates.extend(self.take(value.span(), text::rate(of, text)));
            }
        }
        rates.extend_from_slice(of_file);
        rates
    }

    /// The entries of a table within `table`, none if there is no such table.
    fn table<'t, 'v>(&mut self, table: &'t Table<'v>, key: &'static str, example: &'static str) -> Vec<Entry<'t, 'v>> {
        match table.get(key).map(|value| (value, value.get_ref())) {
            Some((_, DeValue::Table(inner))) => {
                let entry = |(key, value): (&Spanned<Cow<'v, str>>, &'t Value<'v>)| Entry {
                    key: key.get_ref().to_string(),
                    at: key.span(),
                    value,
                };
                inner.iter().map(entry).collect()
            }
            Some((value, _)) => {
                self.wrong(key, value, example);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    fn assumptions(&mut self, table: &Table<'_>, rates: &[Rate]) -> Vec<(String, Assumption)> {
        let mut all = Vec::new();
        self.by_series(table, "growth", "OpenAI = \"60%..90% fading by a third a year\"", &mut all, text::growth);
        if let Some(events) = table.get("event") {
            if let DeValue::Array(list) = events.get_ref() {
                for entry in list {
                    match entry.get_ref() {
                        DeValue::Table(event) => self.event(event, entry.span(), rates, &mut all),
                        _ => self.wrong("event", entry, "[[scenario.event]], with two brackets: there may be several"),
                    }
                }
            } else {
                self.wrong("event", events, "[[scenario.event]], with two brackets: there may be several");
            }
        }
        let cap = |text: &str, series: &Series| text::cap(text, series, rates);
        self.by_series(table, "cap", "OpenAI = \"90B from 2026\"", &mut all, cap);
        let aim = |text: &str, series: &Series| text::aim(text, series, rates);
        self.by_series(table, "target", "OpenAI = \"11B..13B@2025-12 run-rate\"", &mut all, aim);
        all
    }

    /// A table with a text for each series, which it names; `*` is every one that is not named.
    fn by_series(
        &mut self,
        table: &Table<'_>,
        key: &'static str,
        example: &'static str,
        all: &mut Vec<(String, Assumption)>,
        one: impl Fn(&str, &Series) -> Result<Assumption, Fault>,
    ) {
        let entries = self.table(table, key, "a table of texts, one for each series");
        let mut named: Vec<(&Series, Span<usize>, String)> = Vec::new();
        let mut others: Option<(Span<usize>, String)> = None;
        for Entry { key: name, at, value } in &entries {
            let text = self.words(name, value, example);
            if name == "*" {
                others = text.map(|text| (value.span(), text));
            } else if let (Some(found), Some(text)) = (self.take(at.clone(), text::meant(Some(name), self.series)), text) {
                named.extend(found.into_iter().map(|series| (series, value.span(), text.clone())));
            }
        }
        if let Some((span, text)) = others {
            let is_named = |series: &Series| entries.iter().any(|entry| entry.key.eq_ignore_ascii_case(series.name()));
            named.extend(
                self.series.iter().filter(|series| !is_named(series)).map(|series| (series, span.clone(), text.clone())),
            );
        }
        for (series, span, text) in named {
            all.extend(self.take(span, one(&text, series)).map(|assumption| (series.name().to_owned(), assumption)));
        }
    }

    fn event(&mut self, table: &Table<'_>, at: Span<usize>, rates: &[Rate], all: &mut Vec<(String, Assumption)>) {
        self.keys(table, "an event", EVENT);
        for (key, example) in [("name", "\"Deal with OpenAI\""), ("amount", "\"1B..4B\""), ("from", "\"2026\"")] {
            if !table.contains_key(key) {
                self.problem(at.clone(), Fault::Missing { key, table: "the event", example });
            }
        }
        let span_of = |key: &str| table.get(key).map_or(at.clone(), Spanned::span);
        let name = self.text(table, "name", "\"Deal with OpenAI\"");
        let series = self.text(table, "series", "\"Google Cloud\"");
        let meant = self.take(span_of("series"), text::meant(series.as_deref(), self.series)).unwrap_or_default();
        let mut words =
            |key: &'static str, example: &'static str| table.get(key).and_then(|value| self.words(key, value, example));
        let amount = words("amount", "\"1B..4B\", a year, or \"-5%\" of the run-rate");
        let (from, until) = (words("from", "\"2026\""), words("until", "\"2030\""));
        let (duration, ramp) = (words("duration", "\"5 years\""), words("ramp", "\"12 months\""));
        let probability = words("probability", "\"70%\"");
        let duration = duration.map(|text| self.take(span_of("duration"), text::duration(&text)));
        let ramp = ramp.map_or(Some(0), |text| self.take(span_of("ramp"), text::duration(&text)));
        let probability = probability.map_or(Some(1.0), |text| self.take(span_of("probability"), text::probability(&text)));
        for one in meant {
            let size = amount.as_ref().and_then(|text| self.take(span_of("amount"), text::size(text, one, rates)));
            let months = from.as_ref().and_then(|from| {
                let ends = if until.is_some() { "until" } else { "from" };
                let months = text::span(Some(from), until.as_deref(), duration.flatten(), one);
                let months = self.take(span_of(ends), months)?;
                let what = name.clone().unwrap_or_else(|| "the event".to_owned());
                self.take(span_of("from"), check::ahead(what, months.first(), one)).map(|()| months)
            });
            let (Some(name), Some(size), Some(months), Some(ramp), Some(probability)) =
                (&name, size, months, ramp, probability)
            else {
                continue;
            };
            if duration != Some(None) && self.take(span_of("ramp"), check::ramp(ramp, months)).is_some() {
                let event = Event { name: name.clone(), size, months, ramp, probability };
                all.push((one.name().to_owned(), Assumption::Event(event)));
            }
        }
    }
}

/// An entry of a table, with the place of its key.
struct Entry<'t, 'v> {
    key: String,
    at: Span<usize>,
    value: &'t Value<'v>,
}
