//! Totals that stand among figures, and the lines of an income statement.

use crate::near::normalise;

/// Whether a label says that its row or column adds up others.
pub(in crate::read) fn is_total(label: &str) -> bool {
    const TOTALS: [&str; 12] = [
        "total",
        "totals",
        "grand_total",
        "subtotal",
        "sub_total",
        "sum",
        "gesamt",
        "summe",
        "gesamtsumme",
        "total_général",
        "sous_total",
        "ensemble",
    ];
    // Most labels are no totals, and are told from them by their first letter.
    label.starts_with(['t', 'T', 'g', 'G', 's', 'S', 'e', 'E']) && TOTALS.contains(&normalise(label).as_str())
}

/// Whether a label says that its row or series adds up the revenue of others.
pub(in crate::read) fn is_total_revenue(label: &str) -> bool {
    is_total(label)
        || (label.starts_with(['t', 'T']) && normalise(label).starts_with("total_") && revenue_rank(label).is_some())
}

/// Lines that hold revenue in an income statement, the sum of all of it first.
const REVENUE: [&str; 25] = [
    "total_income",
    "total_for_income",
    "total_revenue",
    "total_revenues",
    "total_for_revenue",
    "total_net_revenue",
    "total_net_revenues",
    "total_trading_income",
    "total_turnover",
    "total_sales",
    "net_revenue",
    "net_revenues",
    "revenue",
    "revenues",
    "net_sales",
    "turnover",
    "sales",
    "income",
    "chiffre_d_affaires",
    "chiffre_d_affaires_net",
    "umsatzerlöse",
    "umsatz",
    "gesamtleistung",
    "total_operating_revenue",
    "total_produits",
];

/// Lines by which an income statement is known.
const STATEMENT: [&str; 27] = [
    "gross_profit",
    "net_income",
    "net_profit",
    "net_loss",
    "net_earnings",
    "net_operating_income",
    "operating_income",
    "operating_profit",
    "total_expenses",
    "total_for_expenses",
    "expenses",
    "operating_expenses",
    "total_operating_expenses",
    "cost_of_goods_sold",
    "total_cost_of_goods_sold",
    "total_for_cost_of_goods_sold",
    "cost_of_sales",
    "total_cost_of_sales",
    "cost_of_revenue",
    "cogs",
    "ebitda",
    "ebit",
    "résultat_net",
    "résultat_d_exploitation",
    "materialaufwand",
    "jahresüberschuss",
    "betriebsergebnis",
];

/// Whether a label is that of an income statement's line, other than revenue.
pub(in crate::read) fn is_statement_line(label: &str) -> bool {
    STATEMENT.contains(&normalise(label).as_str())
}

/// How well a line of this label holds all revenue of an income statement: the lower the better; `None` if it does not.
pub(in crate::read) fn revenue_rank(label: &str) -> Option<usize> {
    let label = normalise(label);
    REVENUE.iter().position(|line| *line == label)
}

/// Names of columns of amounts and counts that are no revenue.
const NOT_REVENUE: [&str; 34] = [
    "cost",
    "costs",
    "cogs",
    "expense",
    "expenses",
    "opex",
    "profit",
    "gross_profit",
    "operating_profit",
    "net_profit",
    "net_income",
    "ebit",
    "ebitda",
    "margin",
    "gross_margin",
    "tax",
    "taxes",
    "fees",
    "refunds",
    "users",
    "customers",
    "subscribers",
    "employees",
    "headcount",
    "growth",
    "churn",
    "price",
    "quantity",
    "units",
    "orders",
    "coûts",
    "charges",
    "kosten",
    "gewinn",
];

/// Whether a column of this name holds something else than revenue.
pub(in crate::read) fn is_not_revenue(name: &str) -> bool {
    NOT_REVENUE.contains(&normalise(name).as_str())
}
