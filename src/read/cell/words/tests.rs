//! Names and what their words mean.

use super::*;

#[test]
fn every_entry_is_found_and_means_one_thing() {
    let text = include_str!("../words.txt");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    for line in lines {
        let head = line.split([' ', ':']).next().unwrap();
        let is_mark = Mark::of_heading(head).is_some();
        assert!(is_mark || Sense::NAMES.iter().any(|(name, _)| *name == head), "{head} is not a meaning");
    }
    for (name, sense) in Sense::NAMES {
        assert!(entries(text).any(|(found, ..)| found == sense), "{name} has no words");
    }
    for (sense, language, word) in entries(text) {
        let meaning = Meaning::of(word);
        assert_eq!((meaning.senses.as_slice(), meaning.unknown), ([sense].as_slice(), 0), "{word} ({language})");
    }
}

#[test]
fn names_are_split_into_words() {
    let cases = [
        ("Net Sales", "net sales"),
        ("net_sales", "net sales"),
        ("netSales", "net sales"),
        ("TotalRevenue", "total revenue"),
        ("ARRTotal", "arr total"),
        ("Umsatzerlöse (T€)", "umsatzerlose t"),
        ("Chiffre d'affaires", "chiffre d affaires"),
        ("Omsætning", "omsaetning"),
        ("營業收入合計", "營業收入合計"),
        ("FY2024", "fy 2024"),
        ("ＡＲＲ", "arr"),
    ];
    for (name, expected) in cases {
        assert_eq!(words(name).join(" "), expected, "{name}");
    }
}

#[test]
fn totals_by_name_alone() {
    for name in ["Total", "TOTAL:", "Grand total", "Total général", "Summe", "totalt", "合計", "sub-total"] {
        assert!(is_total_name(name), "{name}");
    }
    for name in ["Total revenue", "Totally", "", "sum of parts", "營業收入合計"] {
        assert!(!is_total_name(name), "{name}");
    }
}

#[test]
fn names_mean_what_people_mean() {
    use Sense::{
        Amount, Count, Entity, Gross, Monthly, Movement, Net, NetSales, Opening, Operating, Other, Output, Period, Ratio,
        Revenue, RunRate, Total,
    };
    let cases: [(&str, &[Sense]); 41] = [
        ("Total ARR", &[Total, RunRate]),
        ("Annual run rate", &[RunRate]),
        ("ARR (USD) EOP", &[RunRate]),
        ("arr_total", &[RunRate, Total]),
        ("Annualised recurring revenue (£m)", &[RunRate]),
        ("Ending ARR", &[RunRate]),
        ("MRR", &[Monthly]),
        ("churned_mrr", &[Movement, Monthly]),
        ("starting_mrr", &[Opening, Monthly]),
        ("TotalRevenue", &[Total, Revenue]),
        ("Total net operating revenues", &[Total, Net, Operating, Revenue]),
        ("Net sales", &[Revenue]),
        ("Gross sales", &[Gross, Revenue]),
        ("Umsatzerlöse", &[NetSales]),
        ("Gesamtumsatz", &[Revenue]),
        ("Umsatzkosten", &[Other]),
        ("Umsatzsteuer", &[Other]),
        ("Nettoomsättning", &[NetSales]),
        ("Chiffre d'affaires", &[NetSales]),
        ("CA HT", &[Revenue]),
        ("Omzet", &[Revenue]),
        ("Ingresos", &[Revenue]),
        ("Costo de ventas", &[Other, Revenue]),
        ("Receita líquida", &[NetSales]),
        ("Total des produits d'exploitation", &[Total, Output]),
        ("売上高", &[Revenue]),
        ("売上原価", &[Other]),
        ("営業利益", &[Other]),
        ("营业收入", &[Revenue]),
        ("營業收入合計", &[Revenue, Total]),
        ("营业成本", &[Other]),
        ("Cost of revenue", &[Other]),
        ("Revenue growth (YoY)", &[Revenue, Ratio, Ratio]),
        ("Revenue excl. VAT", &[Revenue]),
        ("Net income", &[Other]),
        ("Weekly_Sales", &[Revenue]),
        ("Sales volume", &[Count]),
        ("Amount", &[Amount]),
        ("Financial Year", &[Period]),
        ("決算期", &[Period]),
        ("Store", &[Entity]),
    ];
    for (name, senses) in cases {
        assert_eq!(Meaning::of(name).senses, senses, "{name}");
    }
}
