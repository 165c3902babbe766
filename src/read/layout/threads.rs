//! Rows of a long table read by several threads.
//!
//! A text is cut into parts at the ends of lines, and each part is read as the whole would be. Its figures are taken over where
//! nothing in it bears on other rows: no problem, no remark, no other table. Else the part is read once more in its place, by
//! one thread, so that any number of threads finds the same.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

use crate::read::Options;
use crate::read::cell::sign::Sign;
use crate::read::claim::{Claims, OrderSeen};
use crate::read::layout::counted::Counted;
use crate::read::layout::file::File;
use crate::read::layout::forecast_marks::ForecastMarks;
use crate::read::layout::long::Long;
use crate::read::layout::rows::Rows;
use crate::read::names::Names;
use crate::read::report::notice::Notice;
use crate::read::report::problems::Position;
use crate::read::table::{Lines, Records, Stretch};

/// How much text is a part, in bytes: its figures stay in a core's cache until they are taken over. Little in tests, so that
/// their texts have many.
const PART: usize = if cfg!(test) { 1 << 8 } else { 1 << 18 };

/// How many parts each thread has in one go, so that threads seldom wait for each other.
const PARTS_OF_THREAD: usize = 8;

/// How many parts may have to be read again until one thread reads the rest.
const MOST_AGAIN: u32 = 3;

/// The attempts for one file.
#[derive(Debug, Default)]
pub(in crate::read) struct Threads {
    again: u32,
}

impl Threads {
    /// Reads on by all threads of the pool at hand. Returns the line up to which one thread is to read on before this is called
    /// again.
    pub(in crate::read) fn read<R: Read>(
        &mut self,
        long: &Long,
        rows: &mut Rows,
        records: &mut Records<R>,
        file: &mut File<'_>,
    ) -> io::Result<u64> {
        let threads = rayon::current_num_threads();
        if threads < 2 || self.again >= MOST_AGAIN {
            return Ok(u64::MAX);
        }
        let base = Base::of(file);
        let most = threads * PARTS_OF_THREAD;
        let mut done: Vec<(Stretch, Option<Part>)> = Vec::new();
        let mut parts = parts_ahead(records, Stretch::default(), most)?;
        while !(parts.is_empty() && done.is_empty()) {
            let slots: Vec<_> = parts.iter().map(|lines| (lines.stretch, Mutex::new(None))).collect();
            // While parts are read, those before them are taken over and the next ones are fetched.
            let next = rayon::in_place_scope(|scope| {
                for (lines, (_, slot)) in parts.into_iter().zip(&slots) {
                    let (base, rows) = (&base, rows.from(lines.first));
                    scope.spawn(move |_| {
                        *slot.lock().unwrap_or_else(PoisonError::into_inner) = base.part(long, rows, lines);
                    });
                }
                for (stretch, part) in std::mem::take(&mut done) {
                    let Some(part) = part.filter(|_| rows.go_on_at(records.line())) else {
                        return Ok(Err(records.line() + stretch.lines));
                    };
                    records.pass(stretch);
                    rows.pass(&part.rows);
                    part.take_over(file);
                }
                let at_hand = slots.iter().fold(Stretch::default(), |sum, (stretch, _)| sum + *stretch);
                parts_ahead(records, at_hand, most).map(Ok)
            })?;
            match next {
                Ok(next) => parts = next,
                Err(line) => {
                    self.again += 1;
                    return Ok(line);
                }
            }
            let part = |slot: Mutex<Option<Part>>| slot.into_inner().unwrap_or_else(PoisonError::into_inner);
            done = slots.into_iter().map(|(stretch, slot)| (stretch, part(slot))).collect();
        }
        Ok(u64::MAX)
    }
}

/// The parts behind a stretch, at most `most`; none at the end of the text.
fn parts_ahead<R: Read>(records: &mut Records<R>, mut behind: Stretch, most: usize) -> io::Result<Vec<Lines>> {
    let mut parts = Vec::with_capacity(most);
    while parts.len() < most
        && let Some(lines) = records.lines_ahead(behind, PART)?
    {
        behind = behind + lines.stretch;
        parts.push(lines);
    }
    Ok(parts)
}

/// What is known of a file before a part of it is read, and can bear on its rows.
struct Base<'f> {
    options: &'f Options,
    name: Arc<str>,
    index: u32,
    stem: &'f str,
    power: i32,
    sign: Option<Sign>,
    notices: Vec<Notice>,
    fiscal_label: Option<(Position, String, bool)>,
    marked_label: Option<(Position, String)>,
    odd_length: Option<(Position, String)>,
}

impl<'f> Base<'f> {
    fn of(file: &File<'f>) -> Self {
        Self {
            options: file.options,
            name: Arc::clone(&file.problems.file),
            index: file.index,
            stem: file.stem(),
            power: file.power,
            sign: file.sign,
            notices: file.notices.clone(),
            fiscal_label: file.fiscal_label.clone(),
            marked_label: file.marked_label.clone(),
            odd_length: file.odd_length.clone(),
        }
    }

    /// Reads a part; `None` if something in it bears on other rows.
    fn part(&self, long: &Long, mut rows: Rows, lines: Lines) -> Option<Part> {
        let mut names = Names::default();
        let mut file = File::new(self.options, &mut names, &self.name, self.index, self.stem);
        file.power = self.power;
        file.sign = self.sign;
        file.notices.clone_from(&self.notices);
        file.fiscal_label.clone_from(&self.fiscal_label);
        file.marked_label.clone_from(&self.marked_label);
        file.odd_length.clone_from(&self.odd_length);
        let went_on = long.rows(&mut rows, &mut Records::of_lines(lines), &mut file, u64::MAX).is_ok();
        let is_as_before = file.problems.total == 0
            && file.notices.len() == self.notices.len()
            && file.fiscal_label == self.fiscal_label
            && file.marked_label == self.marked_label
            && file.odd_length == self.odd_length
            && file.remarks_seen == 0
            && !file.below_forecast;
        let File { claims, counted, forecast_marks, orders, rows: count, last_year, .. } = file;
        let stands_alone = went_on && is_as_before && rows.looked_at_each_alone() && names.are_bare();
        stands_alone.then_some(Part { names, claims, counted, forecast_marks, orders, count, last_year, rows })
    }
}

/// A part once it is read.
struct Part {
    names: Names,
    claims: Claims,
    counted: Counted,
    forecast_marks: ForecastMarks,
    orders: OrderSeen,
    /// How many rows it has.
    count: u64,
    last_year: String,
    rows: Rows,
}

impl Part {
    /// Adds the part to the rows of its file before it.
    fn take_over(self, file: &mut File<'_>) {
        let series: Vec<u32> = self.names.all().iter().map(|name| file.names.index(name)).collect();
        file.claims.take_in(self.claims, &series);
        file.counted.append(self.counted);
        file.forecast_marks.append(self.forecast_marks);
        file.orders.add(self.orders);
        file.rows += self.count;
        if !self.last_year.is_empty() {
            file.last_year = self.last_year;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::read::{Options, Reader};

    /// What is read of a text, or is wrong with it, at this number of threads.
    fn read(text: &str, threads: usize) -> String {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let mut reader = Reader::new(Options::default());
            reader.add("figures.csv", text.as_bytes()).unwrap();
            match reader.finish() {
                Ok(reading) => format!("{reading:#?}"),
                Err(problems) => format!("{problems:#?}"),
            }
        })
    }

    /// Rows that say more than a figure, or none.
    const ODD: [&str; 21] = [
        "",
        "\"Acme, Inc.\",2021-03,5,EUR,a",
        "\"Acme\nLtd\",2021-03,5,EUR,a",
        "Acme,2021-04,,EUR,",
        "Acme,2021-05,-,EUR,",
        "Acme,2021-06,\"1,234*\",EUR,",
        "Acme,FY2022,120,EUR,",
        "Acme,FY2022/23,120,EUR,",
        "Acme,2020-07p,4,EUR,",
        "Acme,31/03/2021,4,EUR,",
        "Acme,04/05/2021,4,EUR,",
        "Acme,2021-08,4x,EUR,",
        "Acme,2021-08,4,EUR",
        "Total,,4,EUR,",
        "in EUR million,,,,",
        "Source: a report,,,,",
        "Acme,2021-08,4,EUR,estimate",
        "Acme,2021-09,12,EUR,restated",
        "name,month,amount,currency,note",
        "Acme,2021-12*,4,EUR,",
        "* Forecast,,,,",
    ];

    fn rows() -> impl Strategy<Value = Vec<String>> {
        let plain = (0..5_u32, 2019..2024_i32, 1..13_u32, 1..99_999_u32)
            .prop_map(|(series, year, month, amount)| format!("company {series},{year}-{month:02},{amount},EUR,"));
        let row = prop_oneof![60 => plain, 1 => (0..ODD.len()).prop_map(|at| ODD[at].to_owned())];
        prop::collection::vec(row, 1..400)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn any_number_of_threads_reads_the_same(rows in rows(), crlf: bool, ended: bool) {
            let ending = if crlf { "\r\n" } else { "\n" };
            let text = format!("series,period,value,currency,note{ending}{}{}", rows.join(ending), if ended { ending } else { "" });
            prop_assert_eq!(read(&text, 1), read(&text, 3));
        }
    }

    #[test]
    fn long_tables_are_read_in_parts() {
        let rows = (0..600).map(|at| format!("company {},{}-{:02},{at},EUR,\n", at / 60, 2019 + at % 60 / 12, 1 + at % 12));
        let text = format!("series,period,value,currency,note\n{}", rows.collect::<String>());
        let found = read(&text, 4);
        assert!(found.contains("name: \"company 9\""), "{found}");
        assert_eq!(found, read(&text, 1));
    }
}
