//! Columns that say of some rows that they were cancelled, refunded, are forecasts or deals that are not won.

use crate::read::cell::amount::{DecimalMark, Number};
use crate::read::cell::status::{Deal, Unearned, deal, unearned, unearned_in_words};
use crate::read::cell::words::{Mark, Sense};
use crate::read::layout::file::File;
use crate::read::layout::header::{Answer, Column, Flag, Header, says_actual, share};
use crate::read::layout::profile::Profile;
use crate::read::report::notice::LeftOut;
use crate::read::report::reason::{Reason, Tells};
use crate::read::table::Record;

/// The columns of a table that are such.
#[derive(Debug, Default)]
pub(in crate::read) struct Status(Vec<States>);

/// One of them, and how its cells are read.
#[derive(Debug)]
struct States {
    at: usize,
    how: How,
}

/// The cell of a column that was read last, and what it says. Rows of one status mostly stand together.
pub(in crate::read) type LastStatus = Option<(String, Option<Unearned>)>;

#[derive(Debug)]
enum How {
    /// Of a word each.
    Word,
    /// Of several words each.
    Words,
    /// Of the type of a document each, by a code perhaps.
    Codes,
    /// Of the kind of a booking each: invoices, and what is booked beside them.
    Bookings,
    /// What became of deals; whether those closed without a word of how were won.
    Deals { closed: bool },
    /// A flag.
    Flag(Answer, Unearned),
}

/// What a row's cells say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Says {
    /// Its amount was earned.
    Earned,
    /// It was given back, as the cell of this column says.
    Back(usize),
    /// It is left out, which is noted by then.
    LeftOut,
}

impl Status {
    /// The columns of a table that are, which are noted there.
    pub(in crate::read) fn of(header: &mut Header) -> Self {
        let flags = std::mem::take(&mut header.flags);
        let is_free = |flag: &Flag| header.columns[flag.at].role.is_none();
        let flags = flags.into_iter().filter(is_free);
        let mut all: Vec<(usize, How)> = flags.map(|flag| (flag.at, How::Flag(flag.answer, flag.what))).collect();
        let free = |at: &usize| header.columns[*at].role.is_none();
        let mut said = (0..header.columns.len()).filter(free).filter_map(|at| Some((at, said_by(&header.columns[at])?)));
        let said = said.next().filter(|(at, _)| all.iter().all(|(other, _)| other != at));
        // Stages say better than shares which deals were won.
        if said.as_ref().is_some_and(|(_, how)| matches!(how, How::Deals { .. })) {
            all.retain(|(_, how)| !matches!(how, How::Flag(Answer::Below(_), _)));
        }
        all.extend(said);
        for (at, how) in &all {
            header.columns[*at].because = Some(Reason::Status { tells: how.tells() });
        }
        Self(all.into_iter().map(|(at, how)| States { at, how }).collect())
    }

    /// What the cells of a row say of its amount, unless the user wants all as given; what is left out is noted.
    #[inline]
    pub(in crate::read) fn says(&self, record: &Record<'_>, file: &mut File<'_>) -> Says {
        if self.0.is_empty() || file.options.as_given { Says::Earned } else { self.said(record, file) }
    }

    /// The amount of a row with what its cells say: what was given back counts less, whether or not it is written with a minus.
    #[inline]
    pub(in crate::read) fn apply(&self, says: Says, number: Number, record: &Record<'_>, file: &mut File<'_>) -> Number {
        if self.0.is_empty() {
            return number;
        }
        let size = number.amount(DecimalMark::Point).map_or(0.0, |amount| amount.value().abs());
        if let Says::Back(at) = says {
            file.counted.given_back += size;
            file.counted.given_back_in = Some(at);
            if !number.is_positive() {
                return number;
            }
            file.left_out(LeftOut::GivenBack, record, at);
            number.times(-1.0)
        } else {
            file.counted.earned += size;
            number
        }
    }

    fn said(&self, record: &Record<'_>, file: &mut File<'_>) -> Says {
        let mut says = Says::Earned;
        file.last_statuses.resize(self.0.len(), None);
        for (states, last) in self.0.iter().zip(&mut file.last_statuses) {
            let what = match states.of(record, last) {
                None => continue,
                Some(Unearned::Back) => {
                    says = Says::Back(states.at);
                    continue;
                }
                Some(Unearned::Never) => LeftOut::NotEarned,
                Some(Unearned::Planned) => LeftOut::Forecast,
                Some(Unearned::Open) => LeftOut::NotWon,
            };
            file.left_out(what, record, states.at);
            return Says::LeftOut;
        }
        says
    }
}

/// Whether a column says by words which rows were not earned, so that it names no series.
pub(in crate::read) fn says_which(column: &Column) -> bool {
    said_by(column).is_some()
}

/// How a column says it, if it does.
fn said_by(column: &Column) -> Option<How> {
    let profile: &Profile = &column.profile;
    let is_state = || Mark::State.is_in(&column.name);
    let is_named = || column.meaning.has_any(&[Sense::Entity, Sense::Part, Sense::Entry]);
    let is_few = || profile.distinct * 2 <= profile.filled || profile.distinct <= 12;
    let others = || profile.not_won > 0 || profile.unearned > 0 || profile.unearned_in_words > 0;
    let is_of_deals = is_few() && if is_named() { is_state() } else { is_state() || others() };
    // Where some deals are won, the others are not; where none is, words that are said of deals alone show what they are.
    if is_of_deals && (profile.won > 0 || profile.is_open_deals()) {
        return Some(How::Deals { closed: profile.won == 0 });
    }
    if profile.is_credits_by_code() && Mark::DocumentType.is_in(&column.name) {
        return Some(How::Codes);
    }
    if profile.is_bookings() {
        return Some(How::Bookings);
    }
    profile.is_partly_unearned().then(|| if profile.is_partly_unearned_in_words() { How::Words } else { How::Word })
}

impl How {
    fn tells(&self) -> Tells {
        match self {
            Self::Word | Self::Words | Self::Codes | Self::Bookings => Tells::Unearned,
            Self::Deals { .. } => Tells::Won,
            Self::Flag(_, what) => Tells::of(*what),
        }
    }

    fn read(&self, cell: &str) -> Option<Unearned> {
        match self {
            Self::Word => unearned(cell),
            Self::Words => unearned_in_words(cell),
            Self::Codes if Mark::first_of(&[Mark::CreditCode], cell.trim()).is_some() => Some(Unearned::Back),
            Self::Codes | Self::Bookings => {
                let beside = Mark::first_of(&[Mark::BesideInvoice], cell.trim()).map(|_| Unearned::Never);
                beside.or_else(|| unearned_in_words(cell))
            }
            Self::Deals { closed } => unearned_in_words(cell).or_else(|| match deal(cell) {
                Some(Deal::Won | Deal::Earned) => None,
                Some(Deal::Closed) if *closed => None,
                _ => Some(Unearned::Open),
            }),
            Self::Flag(Answer::Yes(yes), what) => {
                let is_yes = Mark::first_of(&[Mark::Yes], cell.trim()).is_some();
                (is_yes == *yes).then_some(*what)
            }
            Self::Flag(Answer::NotActual, what) => (!says_actual(cell)).then_some(*what),
            Self::Flag(Answer::Below(won), what) => share(cell).is_none_or(|share| share < *won).then_some(*what),
            Self::Flag(Answer::Letters(letters), what) => {
                letters.iter().any(|letter| *letter == cell.trim().to_lowercase()).then_some(*what)
            }
        }
    }
}

impl States {
    fn of(&self, record: &Record<'_>, last: &mut LastStatus) -> Option<Unearned> {
        let cell = record.cell(self.at);
        if let Some((last, said)) = last
            && *last == cell
        {
            return *said;
        }
        let said = self.how.read(&cell);
        *last = Some((cell.into_owned(), said));
        said
    }
}
