//! Years that East Asia writes in short, as only a whole column shows: `11201` is January of the year 112 of the Republic of
//! China, `H29` the year 29 of Heisei.

/// How the periods of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Shorthand {
    /// `11201`: year and month of the Republic of China.
    RocMonth,
    /// `112`: its year.
    RocYear,
    /// `H29`, `R5`: a year of a Japanese era.
    Era,
}

impl Shorthand {
    /// Of a column with this name and these cells; `None` if they are not written so.
    pub(in crate::read) fn of<'a>(name: &str, cells: &(impl Iterator<Item = &'a str> + Clone)) -> Option<Self> {
        let filled = || cells.clone().map(str::trim).filter(|cell| !cell.is_empty());
        filled().next()?;
        if filled().all(|cell| era(cell).is_some()) {
            let shows = |letter: char| filled().any(|cell| cell.starts_with(letter));
            // The quarters and halves of a year have low numbers.
            let high = filled().filter_map(era).any(|(_, number)| number > 4);
            let several = ['S', 'H', 'R'].into_iter().filter(|letter| shows(*letter)).count() > 1;
            return (several || high && name.contains('年')).then_some(Self::Era);
        }
        if !name.contains(['年', '月']) && !name.contains("民國") {
            return None;
        }
        let all_in =
            |length: usize, is: &dyn Fn(u32) -> bool| filled().all(|cell| cell.len() <= length && cell.parse().is_ok_and(is));
        match () {
            () if all_in(5, &|number| (80..=150).contains(&(number / 100)) && (1..=12).contains(&(number % 100))) => {
                Some(Self::RocMonth)
            }
            () if all_in(3, &|number| (80..=150).contains(&number)) => Some(Self::RocYear),
            () => None,
        }
    }

    /// Of a header of periods: three of its names or more are years of two eras at least.
    pub(in crate::read) fn of_names(names: &[String]) -> Option<Self> {
        let years = names.iter().map(String::as_str).filter(|name| era(name.trim()).is_some());
        if years.clone().count() < 3 { None } else { Self::of("", &years) }
    }

    /// What a cell says, in a form that is known by itself.
    pub(in crate::read) fn in_full(self, cell: &str) -> Option<String> {
        let cell = cell.trim();
        match self {
            Self::RocMonth => {
                let (year, month) = cell.split_at_checked(cell.len().checked_sub(2)?)?;
                Some(format!("民國{year}年{month}月"))
            }
            Self::RocYear => Some(format!("民國{cell}年")),
            Self::Era => era(cell).map(|(letter, number)| format!("{letter}{number}年")),
        }
    }
}

/// The letter of a Japanese era, and the year in it.
fn era(cell: &str) -> Option<(char, u32)> {
    let letter = cell.chars().next().filter(|letter| ['S', 'H', 'R'].contains(letter))?;
    let number = cell[1..].trim_end_matches('年');
    let number = number.parse().ok().filter(|_| number.len() <= 2)?;
    (1..=64).contains(&number).then_some((letter, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_column_shows_them() {
        let of = |name: &str, cells: &'static str| Shorthand::of(name, &cells.split(' '));
        assert_eq!(of("資料年月", "11201 11202 11212"), Some(Shorthand::RocMonth));
        assert_eq!(of("年月", "9912 10001"), Some(Shorthand::RocMonth));
        assert_eq!(of("年度", "111 112"), Some(Shorthand::RocYear));
        assert_eq!(of("year", "H28 H29 R1 R5"), Some(Shorthand::Era));
        assert_eq!(of("年度", "R2 R5"), Some(Shorthand::Era));
        for (name, cells) in [
            ("Revenue", "11201 11202"),
            ("資料年月", "11201 11213"),
            ("年月", "202301 202302"),
            ("Region", "R1 R2 R5"),
            ("Half", "H1 H2"),
            ("Plan", "H1 X2"),
        ] {
            assert_eq!(of(name, cells), None, "{name} {cells}");
        }
        assert_eq!(Shorthand::RocMonth.in_full("11201").as_deref(), Some("民國112年01月"));
        assert_eq!(Shorthand::Era.in_full("H29").as_deref(), Some("H29年"));
    }
}
