//! Markup: what the program writes itself, and what comes from outside, which has no way into the page but escaped.

use crate::export::visible;

/// A piece of a page. Markup can only be part of the program's source; all other text is escaped.
#[derive(Debug, Default)]
pub(super) struct Html(String);

impl Html {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Markup.
    pub(super) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Text, for an element or an attribute in quotation marks.
    pub(super) fn text(&mut self, words: &str) -> &mut Self {
        self.0.push_str(&escaped(words));
        self
    }

    /// A drawing, whose own writer has escaped its texts; without marks of direction, which would turn what stands beside them.
    pub(super) fn svg(&mut self, drawing: &str) -> &mut Self {
        let turns =
            |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        self.0.extend(drawing.chars().filter(|c| !turns(*c)));
        self
    }

    /// An element with nothing but text in it.
    pub(super) fn element(&mut self, open: &'static str, words: &str, close: &'static str) -> &mut Self {
        self.raw(open).text(words).raw(close)
    }

    /// The markup.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text as HTML has it: no mark of it opens or ends anything, and hidden characters are seen.
fn escaped(text: &str) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // No character of a text, and not allowed in a page.
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// JSON inside a `<script>`: no mark of it ends the element or begins a comment.
pub(super) fn json_in_script(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// The cell of a table.
#[derive(Debug)]
pub(super) enum Cell {
    /// Words.
    Text(String),
    /// An amount or another number.
    Number(String),
    /// Where a figure comes from: a link, if it is an address of the web.
    Source(String),
}

impl Cell {
    /// Words.
    pub(super) fn text(words: impl Into<String>) -> Self {
        Self::Text(words.into())
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Text(words) | Self::Number(words) | Self::Source(words) => words.is_empty(),
        }
    }

    /// Writes the cell; where its row becomes a card, with the head of its column.
    fn write(&self, out: &mut Html, head: Option<&String>) {
        let (class, words) = match self {
            Self::Text(words) => ("", words),
            Self::Number(words) => (" class=\"number\"", words),
            Self::Source(words) => (" class=\"source\"", words),
        };
        if words.is_empty() {
            out.raw("<td></td>");
            return;
        }
        out.raw("<td").raw(class);
        if let Some(head) = head {
            out.element(" data-head=\"", head, "\"");
        }
        out.raw(">");
        match self {
            Self::Source(address) if is_web_address(address) => {
                out.raw("<a rel=\"noopener noreferrer\" href=\"").text(address).element("\">", address, "</a></td>")
            }
            _ => out.element("", words, "</td>"),
        };
    }
}

/// Whether a source is nothing but the address of a page: a link to it runs no script.
fn is_web_address(source: &str) -> bool {
    let rest = source.strip_prefix("https://").or_else(|| source.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(|c: char| c.is_whitespace() || c.is_control()))
}

/// A head of a column, and whether numbers stand under it.
pub(super) type Head = (String, bool);

/// From this many columns on a table has a card for each row where the page is narrow, unless it has more rows than one reads as cards.
const CARDS_FROM: usize = 5;
const MOST_CARDS: usize = 40;

/// Writes a table whose rows begin with what they are about; columns with nothing in them are left out.
pub(super) fn table(out: &mut Html, caption: &str, heads: &[Head], rows: &[(String, Vec<Cell>)]) {
    let kept: Vec<usize> = (1..heads.len()).filter(|at| rows.iter().any(|(_, cells)| !cells[at - 1].is_empty())).collect();
    let cards = kept.len() + 1 >= CARDS_FROM && rows.len() <= MOST_CARDS;
    // On a narrow page it moves sideways, by keys too.
    out.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"").text(caption);
    out.raw(if cards { "\">\n<table class=\"cards\">" } else { "\">\n<table>" });
    out.element("<caption>", caption, "</caption>").raw("\n<thead><tr>");
    for at in std::iter::once(&0).chain(&kept) {
        let (words, number) = &heads[*at];
        let open = if *number { "<th scope=\"col\" class=\"number\">" } else { "<th scope=\"col\">" };
        out.element(open, words, "</th>");
    }
    out.raw("</tr></thead>\n<tbody>\n");
    for (name, cells) in rows {
        out.element("<tr><th scope=\"row\">", name, "</th>");
        for at in &kept {
            cells[at - 1].write(out, cards.then_some(&heads[*at].0));
        }
        out.raw("</tr>\n");
    }
    out.raw("</tbody></table></div>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_is_markup() {
        let mut out = Html::new();
        out.text("</script><b a=\"x\" b='y'>&amp;\u{202e}\u{0}\u{ffff}");
        let expected = "&lt;/script&gt;&lt;b a=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;\\u{202e}\\u{0}\u{fffd}";
        assert_eq!(out.as_str(), expected);
    }

    #[test]
    fn data_do_not_end_their_element() {
        assert_eq!(json_in_script("\"</script><!--&\u{2028}\""), "\"\\u003c/script\\u003e\\u003c!--\\u0026\\u2028\"");
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        let link = |source: &str| {
            let mut out = Html::new();
            Cell::Source(source.to_owned()).write(&mut out, None);
            out.as_str().contains("<a ")
        };
        assert!(link("https://example.com/a?b=c") && link("http://example.com"));
        for other in
            ["javascript:alert(1)", "https://", "https://a b", "data:text/html,x", "Annual report, page 3", "file:///x"]
        {
            assert!(!link(other), "{other}");
        }
    }
}
