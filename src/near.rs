//! Names that are the same but for their writing, or nearly so: of columns, of kinds, of series.
//!
//! Knows how many letters may be wrong before another name is meant. What a name stands for is known to those who ask.

/// Lower case, with one underscore for each run of spaces and punctuation.
pub(crate) fn normalise(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.trim().chars() {
        if c.is_alphanumeric() {
            plain.extend(c.to_lowercase());
        } else if !plain.is_empty() && !plain.ends_with('_') {
            plain.push('_');
        }
    }
    plain.truncate(plain.trim_end_matches('_').len());
    plain
}

/// Whether two names are the same but for their writing.
pub(crate) fn same(one: &str, other: &str) -> bool {
    normalise(one) == normalise(other)
}

/// The name that may have been meant by one that the user gave, if half of it is right.
pub(crate) fn closest<'a>(asked: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names
        .filter(|name| !name.is_empty())
        .map(|name| (strsim::osa_distance(&normalise(asked), &normalise(name)), name))
        .filter(|(distance, name)| *distance * 2 <= name.chars().count().max(asked.chars().count()))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Edits from a name to the nearest of `names`, if they are few for its length.
pub(crate) fn distance(name: &str, names: &[&str]) -> Option<usize> {
    nearest(name, names.iter().copied()).map(|(distance, _)| distance)
}

/// The nearest of `names` and how many edits away it is, if they are few for its length.
pub(crate) fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<(usize, &'a str)> {
    let nearest = names.map(|known| (strsim::osa_distance(name, known), known)).min_by_key(|(distance, _)| *distance)?;
    // One edit in three letters: `perid` is near `period`; `at` is not near `art`.
    (nearest.1.len() > 3 && nearest.0 * 3 <= nearest.1.chars().count()).then_some(nearest)
}

/// The place of the nearest of `names`, if there is one as [`nearest`] has it.
pub(crate) fn place_of_nearest(name: &str, names: &[String]) -> Option<usize> {
    let (_, found) = nearest(name, names.iter().map(String::as_str))?;
    names.iter().position(|name| name == found)
}
