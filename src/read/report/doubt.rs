//! What a careful reader would ask about figures once all of them are seen: the evidence, and the options that answer.
//!
//! A doubt is an error where the answer changes what the figures are, and a warning where they are most likely right.

use std::fmt;

/// From when cumulative amounts count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reset {
    /// From the beginning of each fiscal year.
    Year,
    /// From the beginning of each half of the fiscal year.
    HalfYear,
    /// From the first figure on, without an end.
    Never,
}

/// Something about figures that only the whole of a series shows.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Doubt {
    /// Figures rise within every year and fall back at its start.
    Cumulative {
        /// From when they would count.
        reset: Reset,
        /// How many years, or halves, they rise in.
        rises_in: usize,
        /// The first period at which they fall back, named.
        falls_at: String,
        /// That figure over the one before.
        ratio: f64,
        /// The month in which these years end, if it is not the series' own.
        year_end: Option<u32>,
    },
    /// Figures rise by about as much each time, from a first one of that size.
    RunningTotal {
        /// The first period, named.
        first: String,
        /// The last, named.
        last: String,
        /// The last figure over the first.
        times: f64,
        /// The largest rise over the smallest.
        spread: f64,
        /// Whether the first period begins a year in which all of them lie.
        in_one_year: bool,
    },
    /// One figure is below zero by as much as the others are above.
    Negative {
        /// Its period, named.
        period: String,
    },
    /// One figure is zero, and the others are alike.
    LoneZero {
        /// Its period, named.
        period: String,
    },
    /// The last figure is far below those before it.
    InProgress {
        /// Its period, named.
        period: String,
        /// What one period is called.
        unit: &'static str,
        /// The figure over the one before.
        ratio: f64,
        /// The figure over the one a year before.
        year_before: Option<f64>,
    },
    /// Zeros at the end of a series that had none before.
    ZerosAtEnd {
        /// The first, named.
        first: String,
        /// The last, named.
        last: String,
        /// How many.
        count: usize,
        /// Whether they may stand for periods to come, rather than for the end of a product.
        to_come: bool,
    },
    /// The first figure is far below those that follow.
    FirstShort {
        /// Its period, named.
        period: String,
        /// What one period is called.
        unit: &'static str,
        /// The figure over the next.
        ratio: f64,
    },
    /// Figures are a power of ten away from their neighbours.
    Slip {
        /// The first period, named.
        first: String,
        /// The last, named.
        last: String,
        /// The period before the first, named; empty for the very first.
        before: String,
        /// What they are of their neighbours.
        factor: f64,
        /// Whether the series stays there, so that a currency or a unit may have changed.
        stays: bool,
    },
    /// The level changes from one period to the next, and stays.
    LevelShift {
        /// The first period at the new level, named.
        first: String,
        /// The last before it, named.
        before: String,
        /// The new level over the old.
        factor: f64,
    },
    /// One figure is far from both its neighbours.
    Spike {
        /// Its period, named.
        period: String,
        /// The figure over the nearer of its neighbours.
        factor: f64,
    },
    /// Months have no figure, where others of the file do.
    Blank {
        /// How many months.
        months: usize,
        /// Of how many from the first figure to the last.
        of: usize,
        /// The first month without a figure.
        first: String,
    },
    /// Months have no row, the same every year.
    OffSeason {
        /// How many months of the year.
        months: usize,
        /// The first month without a row.
        first: String,
    },
}

impl Doubt {
    /// What makes doubts of several series one notice.
    pub(in crate::read) fn form(&self) -> u8 {
        match self {
            Self::Cumulative { .. } => 0,
            Self::InProgress { .. } => 1,
            Self::ZerosAtEnd { .. } => 2,
            Self::FirstShort { .. } => 3,
            Self::Slip { .. } => 4,
            Self::LevelShift { .. } => 5,
            Self::Spike { .. } => 6,
            Self::OffSeason { .. } => 7,
            Self::Blank { .. } => 11,
            Self::RunningTotal { .. } => 8,
            Self::Negative { .. } => 9,
            Self::LoneZero { .. } => 10,
        }
    }

    /// The evidence and the options, as a warning has them.
    pub(in crate::read) fn warning(&self, f: &mut fmt::Formatter<'_>, series: &str) -> fmt::Result {
        let text = self.to_string();
        let between = if text.ends_with('?') { "" } else { ";" };
        write!(f, "{text}{between} {}", self.hint(series))
    }

    /// The options that settle it, for this series.
    pub(in crate::read) fn hint(&self, series: &str) -> String {
        match self {
            Self::Cumulative { reset, year_end, .. } => {
                let value = if *reset == Reset::HalfYear { "=half-year" } else { "" };
                let year_end = year_end.map(|month| format!(" --fiscal-year-end {month}")).unwrap_or_default();
                format!(
                    "--cumulative{value}{year_end} turns them into single periods; --not-cumulative says that they are single \
                     periods already"
                )
            }
            Self::RunningTotal { in_one_year, .. } => {
                let since = if *in_one_year { "" } else { "=start" };
                format!(
                    "--cumulative{since} turns them into single periods; --not-cumulative says that they are single periods \
                     already"
                )
            }
            Self::Negative { period } => {
                format!(
                    "correct the file, or leave it out of the fit with {}; --as-given accepts it as it is",
                    exclude(series, period)
                )
            }
            Self::InProgress { .. } => {
                "--drop-last leaves the last period out as incomplete; --keep-last keeps it as it is".to_owned()
            }
            Self::ZerosAtEnd { to_come: false, .. } => {
                "--trailing-zeros drop leaves them out, if they stand for future periods".to_owned()
            }
            Self::ZerosAtEnd { .. } => {
                "--trailing-zeros drop leaves them out as future periods; --trailing-zeros keep says that there was no revenue"
                    .to_owned()
            }
            Self::Slip { stays: true, before, .. } => {
                format!(
                    "convert all figures to one unit, or fit only the later figures with {}; --as-given accepts them as \
                     they are",
                    exclude(series, &format!("..{before}"))
                )
            }
            Self::Slip { first, last, .. } => {
                let span = if first == last { first.clone() } else { format!("{first}..{last}") };
                format!(
                    "correct the file, or leave it out of the fit with {}; --as-given accepts it as it is",
                    exclude(series, &span)
                )
            }
            Self::LevelShift { before, .. } => {
                format!("to fit only the later figures: {}", exclude(series, &format!("..{before}")))
            }
            Self::FirstShort { period, .. } | Self::Spike { period, .. } | Self::LoneZero { period } => {
                format!("{} leaves it out of the fit", exclude(series, period))
            }
            Self::OffSeason { .. } | Self::Blank { .. } => {
                "--missing zero reads them as months without revenue; --missing unknown treats them as unknown".to_owned()
            }
        }
    }
}

/// The option as it is to be typed.
fn exclude(series: &str, period: &str) -> String {
    let text = format!("{series}:{period}");
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ':' | '.' | '-' | '_' | '/');
    if text.chars().all(plain) { format!("--exclude {text}") } else { format!("--exclude '{}'", text.replace('\'', "'\\''")) }
}

/// The evidence, without the name of the series.
impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cumulative { reset, rises_in, falls_at, ratio, year_end } => {
                let (within, from) = match (reset, year_end) {
                    (Reset::HalfYear, _) => ("half-years", "half-year"),
                    (_, Some(_)) => ("fiscal years", "fiscal year"),
                    _ => ("years", "year"),
                };
                write!(
                    f,
                    "the figures rise within all {rises_in} {within} and fall back at the start of each ({falls_at} is {} \
                     times \
                     the figure before): are they sums since the start of the {from}?",
                    times(*ratio)
                )
            }
            Self::RunningTotal { first, last, times: ratio, spread, .. } => write!(
                f,
                "the figures rise from {first} to {last} to {} times the first, by about as much each time (the largest \
                 rise is \
                 {} times the smallest): are they one running total?",
                times(*ratio),
                times(*spread)
            ),
            Self::Negative { period } => {
                write!(f, "{period} is below zero by about as much as the others are above: is the minus a mistake?")
            }
            Self::LoneZero { period } => {
                write!(f, "{period} is zero, while all other figures are similar and far above: is the amount missing?")
            }
            Self::InProgress { period, unit, ratio, year_before } => {
                write!(f, "{period} is {} times the {unit} before", times(*ratio))?;
                if let Some(year_before) = year_before {
                    write!(f, " and {} times the same {unit} a year before", times(*year_before))?;
                }
                write!(f, ", lower than anything so far: is the {unit} over?")
            }
            Self::ZerosAtEnd { first, last, count, to_come: false } => {
                write!(f, "revenue ends: the last {count} figures, {first} to {last}, are zero, but no earlier figure is")
            }
            Self::ZerosAtEnd { first, count: 1, .. } => {
                write!(f, "{first} is zero, but no earlier figure is: did revenue end, or is the period still in the future?")
            }
            Self::ZerosAtEnd { first, last, count, .. } => write!(
                f,
                "the last {count} figures, {first} to {last}, are zero, but no earlier figure is: did revenue end, or are \
                 these periods still in the future?"
            ),
            Self::FirstShort { period, unit, ratio } => write!(
                f,
                "{period} is {} times the next {unit}, far below what the growth after it suggests: does it cover only part \
                 of a {unit}?",
                times(*ratio)
            ),
            Self::Slip { first, last, factor, stays: false, .. } => {
                let factor = times(*factor);
                if first == last {
                    write!(f, "{first} is about {factor} times its neighbours: is it in another unit?")
                } else {
                    write!(f, "{first} to {last} are about {factor} times their neighbours: are they in another unit?")
                }
            }
            Self::Slip { first, factor, stays: true, .. } => write!(
                f,
                "from {first} on the figures are about {} times those before, and stay there: did the unit or the currency \
                 change?",
                times(*factor)
            ),
            Self::LevelShift { first, factor, .. } => {
                write!(f, "from {first} on the figures are about {} times those before, and stay there", times(*factor))
            }
            Self::Spike { period, factor } => {
                write!(f, "{period} is {} times the figures beside it, and no other year has anything like it", times(*factor))
            }
            Self::Blank { months, of, first } => write!(
                f,
                "{months} of {of} months have no figure, {first} the first, though other series have one then: was revenue zero?"
            ),
            Self::OffSeason { months, first } => {
                let what = if *months == 1 { "one month".to_owned() } else { format!("{months} months") };
                write!(
                    f,
                    "there are no rows for {what} of the year, the same every year, from {first} on: was revenue zero then?"
                )
            }
        }
    }
}

/// A ratio as one says it: `0.06`, `0.5`, `12`, `1,000`.
fn times(ratio: f64) -> String {
    let text = match ratio.abs() {
        size if size >= 1000.0 => {
            let mut text = format!("{:.0}", ratio / 1000.0);
            if text.len() > 3 {
                text.insert(text.len() - 3, ',');
            }
            format!("{text},000")
        }
        size if size >= 20.0 => format!("{ratio:.0}"),
        size if size >= 1.0 => format!("{ratio:.1}"),
        size if size >= 0.01 || size == 0.0 => format!("{ratio:.2}"),
        _ => format!("{ratio}"),
    };
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_said_short() {
        for (ratio, text) in
            [(0.056, "0.06"), (1000.0, "1,000"), (1e6, "1,000,000"), (34.2, "34"), (2.04, "2"), (0.001, "0.001")]
        {
            assert_eq!(times(ratio), text);
        }
    }

    #[test]
    fn options_are_ready_to_paste() {
        let spike = Doubt::Spike { period: "2020-03".to_owned(), factor: 30.0 };
        assert_eq!(spike.hint("revenue"), "--exclude revenue:2020-03 leaves it out of the fit");
        assert_eq!(spike.hint("North & South"), "--exclude 'North & South:2020-03' leaves it out of the fit");
    }
}
