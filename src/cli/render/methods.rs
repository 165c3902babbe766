//! Methods in words.

use topline::project::explanation::Explanation;
use topline::project::named::Named;
use topline::series::Peers;

use crate::cli::render::lines::labelled;
use crate::cli::render::style::ACCENT;

/// Width of the words in front of a line.
const MARGIN: usize = 11;

/// What a method does, needs and cannot do, and of the growth model its peers.
pub fn block(method: Named, width: usize) -> String {
    let mut out = format!("{ACCENT}{}{ACCENT:#}\n", method.name());
    let Explanation { does, needs, limits, reference } = method.explanation();
    for (word, text) in [("does", does), ("needs", needs), ("limits", limits), ("reference", reference)] {
        labelled(&mut out, word, text, MARGIN, width);
    }
    if method == Named::Growth {
        labelled(&mut out, "peers", PEERS, MARGIN, width);
        for peers in Peers::ALL {
            labelled(&mut out, "", &format!("{:<MARGIN$} {}", peers.name(), peers.says()), MARGIN, width);
        }
    }
    out
}

/// What there is to say of them.
const PEERS: &str = "A company's peers decide how common each class is assumed to be before its own figures are considered: this matters with one or two figures and hardly after four. Give them in a column peers (or sector, or industry), with --peers software, or with --peers \"OpenAI=startups\". By default the peers are startups if half of the figures or more are run-rates, and listed otherwise.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_that_can_be_asked_for_is_explained() {
        for method in Named::ALL {
            let Explanation { does, needs, limits, reference } = method.explanation();
            assert!([does, needs, limits, reference].iter().all(|text| text.ends_with('.')), "{method:?}");
        }
    }
}
