//! Periods in every form that is read, and in some that are not.

use super::*;

fn named(text: &str) -> String {
    let calendar = FiscalCalendar::default();
    match parse(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}")) {
        When::Day(day) => day.to_string(),
        When::Either { day_first, month_first } => format!("{day_first} or {month_first}"),
        When::Week(monday) => format!("week of {monday}"),
        When::Serial(day) => format!("day {day}"),
        When::Years { ending, or: Or::BothYears } => format!("{ending} or both years"),
        When::Years { ending, or: Or::Month } => {
            format!("{ending} or {}", parse_alone(text).map_or("month", |_| "its month"))
        }
        When::Numbered { year, number } => format!("number {number} of {year}"),
        other => calendar.name(other.period(calendar).unwrap()),
    }
}

#[test]
fn forms_people_write() {
    let cases = [
        ("2024", "2024"),
        ("FY2024", "2024"),
        ("FY24", "2024"),
        ("FY 2023/24", "2024"),
        ("2023/24", "2024"),
        ("2023-24", "2024"),
        ("2024.0", "2024"),
        ("CY2024", "2024"),
        ("2024Q3", "2024Q3"),
        ("2024-Q3", "2024Q3"),
        ("Q3 2024", "2024Q3"),
        ("Q3 FY24", "2024Q3"),
        ("Q3-24", "2024Q3"),
        ("3Q24", "2024Q3"),
        ("24Q3", "2024Q3"),
        ("2024Q03", "2024Q3"),
        ("CY2024Q3", "2024Q3"),
        ("Q3'24", "2024Q3"),
        ("T3 2024", "2024Q3"),
        ("3e trimestre 2024", "2024Q3"),
        ("third quarter 2024", "2024Q3"),
        ("2024H1", "2024H1"),
        ("H1 2025", "2025H1"),
        ("1er semestre 2025", "2025H1"),
        ("S1 2025", "2025H1"),
        ("1H25", "2025H1"),
        ("2025-06", "2025-06"),
        ("2025/06", "2025-06"),
        ("06/2025", "2025-06"),
        ("202506", "2025-06"),
        ("2025M06", "2025-06"),
        ("2025 M6", "2025-06"),
        ("2011-12", "2012 or its month"),
        ("2011/12", "2012 or month"),
        ("2023/2024", "2024 or both years"),
        ("2023-2024", "2024 or both years"),
        ("1999-00", "2000"),
        ("2020-1", "number 1 of 2020"),
        ("Jun-25", "2025-06"),
        ("Jun 2025", "2025-06"),
        ("June, 2025", "2025-06"),
        ("juin 2025", "2025-06"),
        ("Août 2024", "2024-08"),
        ("févr. 2024", "2024-02"),
        ("März 2024", "2024-03"),
        ("2025 June", "2025-06"),
        ("2025-06-30", "2025-06-30"),
        ("2025-06-30T00:00:00Z", "2025-06-30"),
        ("2025-06-30 00:00:00", "2025-06-30"),
        ("20250630", "2025-06-30"),
        ("2025/6/30", "2025-06-30"),
        ("30/06/2025", "2025-06-30"),
        ("06/30/2025", "2025-06-30"),
        ("30.06.2025", "2025-06-30"),
        ("03.04.2025", "2025-04-03"),
        ("03/04/2025", "2025-04-03 or 2025-03-04"),
        ("04/04/2025", "2025-04-04"),
        ("30 June 2025", "2025-06-30"),
        ("June 30, 2025", "2025-06-30"),
        ("30-Jun-25", "2025-06-30"),
        ("2023-11/2024-01", "2023-11/2024-01"),
        ("2023-11-01/2024-01-31", "2023-11/2024-01"),
        ("2023-10-29/2024-01-27", "2023-11/2024-01"),
        ("2024-01..2024-03", "2024Q1"),
        ("Jan 2025 - Mar 2025", "2025Q1"),
        ("Jan - Mar 2025", "2025Q1"),
        ("Nov - Jan 2025", "2024-11/2025-01"),
        ("January, 2025-December, 2025", "2025"),
        ("January 1 - December 31, 2025", "2025"),
        ("year ended June 30, 2024", "2023-07/2024-06"),
        ("Three months ended March 31, 2024", "2024Q1"),
        ("12 months ended 2024-06-30", "2023-07/2024-06"),
        ("9M 2024", "2024-01/2024-09"),
        ("2025-W26", "week of 2025-06-23"),
        ("2025W26", "week of 2025-06-23"),
        ("Feb 1-28, 2025", "2025-02"),
        ("45473", "day 45473"),
        ("45473.0", "day 45473"),
    ];
    for (text, name) in cases {
        assert_eq!(named(text), name, "{text}");
    }
}

#[test]
fn faults() {
    let cases = [
        ("yesterday", PeriodFault::NotAPeriod),
        ("", PeriodFault::NotAPeriod),
        ("99", PeriodFault::NotAPeriod),
        ("June", PeriodFault::NoYear),
        ("Q3", PeriodFault::NoYear),
        ("2025-02-30", PeriodFault::NotInCalendar),
        ("2025-13", PeriodFault::NotInCalendar),
        ("2024Q5", PeriodFault::NotInCalendar),
        ("31/13/2025", PeriodFault::NotInCalendar),
        ("2025-W54", PeriodFault::NotInCalendar),
        ("2024-03/2024-01", PeriodFault::Reversed),
        ("2012.4", PeriodFault::YearAndFraction),
        ("Feb 12-28, 2025", PeriodFault::PartOfMonth),
        ("Nov 1 - Nov 27, 2026", PeriodFault::PartOfMonth),
        ("25-Jun", PeriodFault::DayOrYear),
    ];
    for (text, fault) in cases {
        assert_eq!(parse(text), Err(fault), "{text}");
    }
}

#[test]
fn fiscal_parts_follow_the_calendar_and_calendar_parts_do_not() {
    let june = FiscalCalendar::ending_in(6).unwrap();
    let name = |text: &str| parse(text).unwrap().period(june).unwrap().to_string();
    assert_eq!(name("FY2024"), "2023-07/2024-06");
    assert_eq!(name("2024"), "2023-07/2024-06");
    assert_eq!(name("Q3 2024"), "2024-01/2024-03");
    assert_eq!(name("CY2024Q3"), "2024-07/2024-09");
    assert_eq!(name("Q1 2024 - Q3 2024"), "2023-07/2024-03");
    assert_eq!(name("9M 2024"), "2023-07/2024-03");
    assert_eq!(name("FY2023 to FY2024"), "2022-07/2024-06");
}

#[test]
fn forms_in_other_languages() {
    let cases = [
        ("enero 2024", "2024-01"),
        ("31 de enero de 2024", "2024-01-31"),
        ("gennaio 2024", "2024-01"),
        ("mrt 2024", "2024-03"),
        ("maart 2024", "2024-03"),
        ("styczeń 2024", "2024-01"),
        ("maj 2024", "2024-05"),
        ("paź 2023", "2023-10"),
        ("dezembro de 2023", "2023-12"),
        ("Dez. 2023", "2023-12"),
        ("2022K1", "2022Q1"),
        ("K1 2022", "2022Q1"),
        ("kv1 2022", "2022Q1"),
        ("Kv 1 2022", "2022Q1"),
        ("1:a kvartalet 2022", "?"),
        ("kvartal 1 2022", "2022Q1"),
        ("1e kwartaal 2024", "2024Q1"),
        ("1T23", "2023Q1"),
        ("3T2024", "2024Q3"),
        ("2T 23", "2023Q2"),
        ("1º trimestre de 2024", "2024Q1"),
        ("1er trimestre 2024", "2024Q1"),
        ("4to trimestre 2024", "2024Q4"),
        ("primer trimestre de 2024", "2024Q1"),
        ("I trimestre 2024", "2024Q1"),
        ("II trim. 2023", "2023Q2"),
        ("I kwartał 2024", "2024Q1"),
        ("I kw. 2024", "2024Q1"),
        ("1 kw. 2024", "2024Q1"),
        ("KW 12 2024", "week of 2024-03-18"),
        ("KW3 2024", "week of 2024-01-15"),
        ("vecka 3 2024", "week of 2024-01-15"),
        ("Q-II 2023", "2023Q2"),
        ("Q II/2023", "2023Q2"),
        ("III. Quartal 2023", "2023Q3"),
        ("2º semestre de 2023", "2023H2"),
        ("1º sem. 2024", "2024H1"),
        ("I półrocze 2024", "2024H1"),
        ("Halvår 2 2023", "2023H2"),
        ("Helår 2023", "2023"),
        ("2024 r.", "2024"),
        ("Año 2024", "2024"),
        ("exercício 2023", "2023"),
        ("Ejercicio 2023/24", "2024"),
        ("nove meses terminados 30 septiembre 2023", "2023-01/2023-09"),
        ("2024年", "2024"),
        ("2024年3月", "2024-03"),
        ("2024 年 3 月", "2024-03"),
        ("２０２４年３月", "2024-03"),
        ("2024年3月31日", "2024-03-31"),
        ("2023年03月份", "2023-03"),
        ("23年3月", "2023-03"),
        ("令和5年3月", "2023-03"),
        ("2020年3月期", "2019-04/2020-03"),
        ("2020年3月期 第1四半期", "2019Q2"),
        ("2020年3月期第４四半期", "2020Q1"),
        ("2020年3月期 中間期", "2019-04/2019-09"),
        ("2021/3期", "2020-04/2021-03"),
        ("20/3期", "2019-04/2020-03"),
        ("2021.12期", "2021"),
        ("令和3年3月期", "2020-04/2021-03"),
        ("2024年第一季度", "2024Q1"),
        ("2024年第4季度", "2024Q4"),
        ("2024年三季度", "2024Q3"),
        ("2024年Q1", "2024Q1"),
        ("2024年上半年", "2024H1"),
        ("2023年下半年", "2023H2"),
        ("2023年半年度", "2023H1"),
        ("2023年前三季度", "2023-01/2023-09"),
        ("2023年1-9月", "2023-01/2023-09"),
        ("2023年1月-3月", "2023Q1"),
        ("2023年度", "2023"),
    ];
    for (text, name) in cases {
        if name == "?" {
            assert_eq!(parse(text), Err(PeriodFault::NotAPeriod), "{text}");
        } else {
            assert_eq!(named(text), name, "{text}");
        }
    }
}

#[test]
fn forms_of_reports() {
    let cases = [
        ("3M23", "2023Q1"),
        ("6M 2023", "2023H1"),
        ("9M23", "2023-01/2023-09"),
        ("12M23", "2023"),
        ("7M 2023", "2023-01/2023-07"),
        ("1H 2023", "2023H1"),
        ("H1-2023", "2023H1"),
        ("Q1FY24", "2024Q1"),
        ("1QFY2024", "2024Q1"),
        ("1QFY24", "2024Q1"),
        ("FY24 Q1", "2024Q1"),
        ("FY2024-Q1", "2024Q1"),
        ("F2024", "2024"),
        ("Q1 2022-23", "2023Q1"),
        ("Q1 2022/23", "2023Q1"),
        ("2022-23 Q1", "2023Q1"),
        ("2022/23 Q1", "2023Q1"),
        ("Q3 FY2022-23", "2023Q3"),
        ("Q3 FY22-23", "2023Q3"),
        ("H1 2011-12", "2012H1"),
        ("Q2 2022-2023", "2023Q2"),
        ("Full year 2023", "2023"),
        ("FY19/20", "2020"),
        ("FY3/2020", "2019-04/2020-03"),
        ("FY03/20", "2019-04/2020-03"),
        ("YE Mar-23", "2022-04/2023-03"),
        ("FYE Mar 2023", "2022-04/2023-03"),
        ("FY Mar-23", "2022-04/2023-03"),
        ("FY ended March 2023", "2022-04/2023-03"),
        ("YE 03/2023", "2022-04/2023-03"),
        ("YE 31.03.2023", "2022-04/2023-03"),
        ("Year to 31 March 2023", "2022-04/2023-03"),
        ("Year ended 31/03/2023", "2022-04/2023-03"),
        ("Year ended December 31, 2023", "2023"),
        ("12m to Mar 23", "2022-04/2023-03"),
        ("52 weeks ended 28 Jan 2023", "2022-02/2023-01"),
        ("53 weeks ended 3 February 2024", "2023-02/2024-01"),
        ("13 weeks ended 1 April 2023", "2023Q1"),
        ("26 weeks to 1 July 2023", "2023H1"),
        ("Three Months Ended Sep 30 2023", "2023Q3"),
        ("Nine Months Ended September 30, 2023", "2023-01/2023-09"),
        ("Quarter ended 30.06.2023", "2023Q2"),
        ("Quarter ended 6/30/2023", "2023Q2"),
        ("Q2 ended June 2023", "2023Q2"),
        ("Dec-23", "2023-12"),
        ("Mar'24", "2024-03"),
        ("Mar’24", "2024-03"),
        ("Sept. 2023", "2023-09"),
        ("Sep\u{a0}2023", "2023-09"),
        ("２０２３", "2023"),
        ("Q１ ２０２４", "2024Q1"),
        ("2023\u{2011}06", "2023-06"),
        ("2023-01-31T00:00:00+00:00", "2023-01-31"),
        ("2023-01-31 00:00:00 UTC", "2023-01-31"),
        ("31/01/2023 00:00", "2023-01-31"),
        ("1/31/2023 12:00:00 AM", "2023-01-31"),
        ("2023/01/31 00:00:00.000", "2023-01-31"),
        ("2017.0", "2017"),
        ("202306.0", "2023-06"),
    ];
    for (text, name) in cases {
        assert_eq!(named(text), name, "{text}");
    }
}

#[test]
fn what_is_no_period_stays_none() {
    let cases = [
        ("5K", PeriodFault::NotAPeriod),
        ("T", PeriodFault::NotAPeriod),
        ("H3", PeriodFault::NotAPeriod),
        ("K2", PeriodFault::NoYear),
        ("第1四半期", PeriodFault::NoYear),
        ("一季度", PeriodFault::NoYear),
        ("3月", PeriodFault::NoYear),
        ("I kwartał", PeriodFault::NoYear),
        ("Year ended March 31", PeriodFault::NoYear),
        ("Apr 2022-23", PeriodFault::NotAPeriod),
        ("2024年13月", PeriodFault::NotInCalendar),
        ("期末残高", PeriodFault::NotAPeriod),
        ("TTM", PeriodFault::Trailing),
        ("LTM Jun-23", PeriodFault::Trailing),
        ("Trailing 12 months", PeriodFault::Trailing),
        ("Mar-25E", PeriodFault::Estimate),
        ("1.0", PeriodFault::NotAPeriod),
        ("17:30", PeriodFault::NotAPeriod),
    ];
    for (text, fault) in cases {
        assert_eq!(parse(text), Err(fault), "{text}");
    }
}

#[test]
fn a_label_alone_is_a_month_only_as_iso_writes_it() {
    assert_eq!(parse_alone("2011-12"), Ok(When::Month(Month::new(2011, 12).unwrap())));
    assert_eq!(parse_alone("2011/12"), Err(PeriodFault::MonthOrYears));
    assert_eq!(parse_alone("FY03/04"), Err(PeriodFault::MonthOrYears));
    assert_eq!(parse_alone("2023/2024"), Err(PeriodFault::TwoYears));
    assert_eq!(parse_alone("2012-13"), Ok(When::year(2013)));
    assert_eq!(parse_alone("2020-1"), Ok(When::Month(Month::new(2020, 1).unwrap())));
}

#[test]
fn weeks_by_number() {
    let monday = |text: &str| match week_by_number(text) {
        Some(When::Week(monday)) => monday.to_string(),
        _ => "none".to_owned(),
    };
    for (text, expected) in [
        ("2020-14", "2020-03-30"),
        ("202053", "2020-12-28"),
        ("2020-1", "2019-12-30"),
        ("2021-53", "none"),
        ("2020-06-30", "none"),
    ] {
        assert_eq!(monday(text), expected, "{text}");
    }
}

/// Every name that a period has reads back to it, under any fiscal calendar.
#[test]
fn names_read_back() {
    for year_end in 1..=12 {
        let calendar = FiscalCalendar::ending_in(year_end).unwrap();
        for first in (Month::new(1999, 1).unwrap().index()..Month::new(2013, 1).unwrap().index()).map(Month::from_index) {
            for months in [1, 3, 4, 6, 9, 12, 15] {
                let period = Period::ending(first.plus(months - 1), months.unsigned_abs());
                let name = calendar.name(period);
                assert_eq!(parse_alone(&name).map(|when| when.period(calendar)), Ok(Some(period)), "{name}");
            }
        }
    }
}
