//! A look at an old workbook (`.xls`) before it is unpacked: whether it can be held.
//!
//! Such a file is a compound file, streams in chains of sectors [MS-CFB], and its stream `Workbook` is a row of records, with
//! those of each sheet behind one another [MS-XLS]. Its decoder follows any chain and makes a rectangle of any sheet, so that a
//! chain in a circle, or two cells far apart, would fill the memory. What is merely wrong is left to the decoder to say.

use calamine::Data;

use crate::read::source::sheet::NoSheet;

/// Numbers of sectors from here on are not sectors.
const NO_SECTOR: u32 = 0xffff_fffa;

/// The most rows and columns of a sheet, which is 65,536 by 256.
const MOST_CELLS: u64 = 1 << 24;

/// The streams that the decoder looks for.
const STREAMS: [&str; 2] = ["workbook", "book"];

/// Streams shorter than this stand in the small sectors of another.
const SMALL_STREAM: usize = 4096;
const SMALL_SECTOR: usize = 64;

/// Whether what a compound file says of itself keeps its decoder within bounds, of `most` bytes.
pub(in crate::read) fn check(bytes: &[u8], most: u64) -> Result<(), NoSheet> {
    let Some(file) = Compound::open(bytes)? else { return Ok(()) };
    for name in STREAMS {
        if let Some(stream) = file.stream(name)? {
            check_sheets(&stream, most)?;
        }
    }
    Ok(())
}

fn damaged(what: &str) -> NoSheet {
    NoSheet::Damaged(what.to_owned())
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at + N)?.try_into().ok()
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    number(bytes, at).map(u16::from_le_bytes)
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    number(bytes, at).map(u32::from_le_bytes)
}

fn longs(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks().0.iter().map(|four| u32::from_le_bytes(*four))
}

/// The chains of a compound file.
struct Compound<'b> {
    /// What stands behind the header.
    sectors: &'b [u8],
    size: usize,
    /// Which sector follows which.
    next: Vec<u32>,
    directory: Vec<Entry>,
    next_small: Vec<u32>,
}

struct Entry {
    name: String,
    start: u32,
    length: usize,
}

impl<'b> Compound<'b> {
    /// The file; `None` if it is none that the decoder would follow.
    fn open(bytes: &'b [u8]) -> Result<Option<Self>, NoSheet> {
        let size = match short(bytes, 30) {
            Some(9) => 512,
            Some(12) => 4096,
            _ => return Ok(None),
        };
        let Some(sectors) = bytes.get(size..) else { return Ok(None) };
        let mut file = Self { sectors, size, next: Vec::new(), directory: Vec::new(), next_small: Vec::new() };
        let Some(mut tables) = bytes.get(76..512).map(|head| longs(head).collect::<Vec<_>>()) else { return Ok(None) };
        let mut more = long(bytes, 68).unwrap_or(NO_SECTOR);
        let mut seen = 0;
        while more < NO_SECTOR {
            let Some(sector) = file.sector(more) else { return Ok(None) };
            tables.extend(longs(sector));
            more = tables.pop().unwrap_or(NO_SECTOR);
            seen += 1;
            if seen > file.count() {
                return Err(damaged("its sectors run in a circle"));
            }
        }
        tables.retain(|table| *table < NO_SECTOR);
        if tables.len() > file.count() {
            return Err(damaged("it has more tables of sectors than sectors"));
        }
        for table in tables {
            let Some(sector) = file.sector(table) else { return Ok(None) };
            file.next.extend(longs(sector));
        }
        let Some(start) = long(bytes, 48) else { return Ok(None) };
        let entries = file.chain(start, usize::MAX)?;
        for entry in entries.chunks_exact(128) {
            let name = entry[..64].as_chunks().0.iter().map(|two| u16::from_le_bytes(*two)).take_while(|unit| *unit != 0);
            let name = char::decode_utf16(name).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
            let high = if size == 512 { 0 } else { long(entry, 124).unwrap_or(0) };
            let (start, length) = (long(entry, 116).unwrap_or(NO_SECTOR), long(entry, 120).unwrap_or(0));
            let length = if high == 0 { usize::try_from(length).unwrap_or(usize::MAX) } else { usize::MAX };
            file.directory.push(Entry { name, start, length });
        }
        let small_tables = long(bytes, 64).and_then(|count| usize::try_from(count).ok()).unwrap_or(usize::MAX);
        let first = file.directory.first().filter(|_| small_tables > 0);
        let streams = file.directory.iter().filter(|entry| STREAMS.iter().any(|name| entry.name.eq_ignore_ascii_case(name)));
        let longest = streams.chain(first).map(|entry| entry.length).max().unwrap_or(0);
        if longest > bytes.len() || small_tables > file.count() {
            return Err(damaged("a stream in it is longer than the file"));
        }
        if small_tables > 0 {
            let chain = file.chain(long(bytes, 60).unwrap_or(NO_SECTOR), small_tables * size)?;
            file.next_small = longs(&chain).collect();
        }
        Ok(Some(file))
    }

    /// How many sectors there are, a broken one at the end among them.
    fn count(&self) -> usize {
        self.sectors.len().div_ceil(self.size)
    }

    fn sector(&self, at: u32) -> Option<&'b [u8]> {
        let rest = self.sectors.get(usize::try_from(at).ok()?.checked_mul(self.size)?..)?;
        Some(&rest[..rest.len().min(self.size)]).filter(|sector| !sector.is_empty())
    }

    /// The first bytes of a chain, as far as it can be followed.
    fn chain(&self, start: u32, length: usize) -> Result<Vec<u8>, NoSheet> {
        let mut chain = Vec::new();
        let mut at = start;
        for _ in 0..=self.count() {
            let Some(sector) = self.sector(at).filter(|_| chain.len() < length) else {
                chain.truncate(length);
                return Ok(chain);
            };
            chain.extend_from_slice(sector);
            at = usize::try_from(at).ok().and_then(|at| self.next.get(at).copied()).unwrap_or(NO_SECTOR);
        }
        Err(damaged("its sectors run in a circle"))
    }

    /// The stream of this name, in any case, if there is one.
    fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, NoSheet> {
        let Some(entry) = self.directory.iter().find(|entry| entry.name.eq_ignore_ascii_case(name)) else { return Ok(None) };
        if entry.length >= SMALL_STREAM {
            return self.chain(entry.start, entry.length).map(Some);
        }
        let root = self.directory.first().map_or((NO_SECTOR, 0), |root| (root.start, root.length));
        let small = self.chain(root.0, root.1)?;
        let mut stream = Vec::new();
        let mut at = usize::try_from(entry.start).unwrap_or(usize::MAX);
        while stream.len() < entry.length
            && let Some(sector) = at.checked_mul(SMALL_SECTOR).and_then(|from| small.get(from..))
            && !sector.is_empty()
        {
            stream.extend_from_slice(&sector[..sector.len().min(SMALL_SECTOR)]);
            at = self.next_small.get(at).and_then(|next| usize::try_from(*next).ok()).unwrap_or(usize::MAX);
        }
        stream.truncate(entry.length);
        Ok(Some(stream))
    }
}

/// Types of records.
mod record {
    pub(in crate::read) const END: u16 = 0x000a;
    pub(in crate::read) const BEGIN: u16 = 0x0809;
    pub(in crate::read) const SHEET: u16 = 0x0085;
    pub(in crate::read) const DIMENSIONS: u16 = 0x0200;
    pub(in crate::read) const FORMULA: u16 = 0x0006;
    /// Several numbers side by side.
    pub(in crate::read) const NUMBERS: u16 = 0x00bd;
    /// Cells of one value: number, label, text with runs, truth value or error, packed number, shared text.
    pub(in crate::read) const CELLS: [u16; 6] = [0x0203, 0x0204, 0x00d6, 0x0205, 0x027e, 0x00fd];
}

/// The records from an offset of the stream on: type and content.
fn records(stream: &[u8], at: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream.get(at..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (kind, length) = (short(rest, 0)?, short(rest, 2)?);
        let content = rest.get(4..4 + usize::from(length))?;
        rest = &rest[4 + usize::from(length)..];
        Some((kind, content))
    })
}

/// A rectangle of cells.
#[derive(Default)]
struct Area {
    /// First and last row, first and last column.
    edges: Option<[u64; 4]>,
}

impl Area {
    fn take(&mut self, row: u16, from: u16, to: u16) {
        let (row, from, to) = (u64::from(row), u64::from(from.min(to)), u64::from(to.max(from)));
        let [top, bottom, left, right] = self.edges.unwrap_or([row, row, from, to]);
        self.edges = Some([top.min(row), bottom.max(row), left.min(from), right.max(to)]);
    }

    fn cells(&self) -> u64 {
        self.edges.map_or(0, |[top, bottom, left, right]| (bottom - top + 1) * (right - left + 1))
    }
}

/// Whether the rectangles of all sheets can be held.
fn check_sheets(stream: &[u8], most: u64) -> Result<(), NoSheet> {
    let (mut held, mut gone_through) = (0, 0);
    let globals = records(stream, 0).take_while(|(kind, _)| *kind != record::END);
    for at in globals.filter(|(kind, _)| *kind == record::SHEET).filter_map(|(_, content)| long(content, 0)) {
        let (mut values, mut formulas) = (Area::default(), Area::default());
        let mut depth = 0_u32;
        for (kind, content) in records(stream, usize::try_from(at).unwrap_or(usize::MAX)) {
            gone_through += 4 + content.len();
            if gone_through > stream.len() {
                return Err(damaged("its sheets overlap"));
            }
            let place = short(content, 0).zip(short(content, 2));
            match (kind, place) {
                (record::BEGIN, _) => depth += 1,
                (record::END, _) if depth <= 1 => break,
                (record::END, _) => depth -= 1,
                // Of a chart within the sheet.
                _ if depth > 1 => {}
                (record::DIMENSIONS, _) if dimensions(content).is_none_or(|cells| cells > MOST_CELLS) => {
                    return Err(damaged("a sheet of it is larger than sheets can be"));
                }
                (record::NUMBERS, Some((row, from))) => {
                    let to = content.len().checked_sub(2).and_then(|at| short(content, at));
                    values.take(row, from, to.unwrap_or(from));
                }
                (record::FORMULA, Some((row, column))) => {
                    values.take(row, column, column);
                    formulas.take(row, column, column);
                }
                (kind, Some((row, column))) if record::CELLS.contains(&kind) => values.take(row, column, column),
                _ => {}
            }
        }
        held += values.cells() * size_of::<Data>() as u64 + formulas.cells() * size_of::<String>() as u64;
        if held > most {
            return Err(NoSheet::Unpacked);
        }
    }
    Ok(())
}

/// How many cells a sheet says that it has; `None` if it ends before it begins.
fn dimensions(content: &[u8]) -> Option<u64> {
    let wide = content.len() >= 14;
    let row = |at: usize| if wide { long(content, 2 * at).map(u64::from) } else { short(content, at).map(u64::from) };
    let column = |at: usize| short(content, if wide { at + 4 } else { at }).map(u64::from);
    let (Some(top), Some(bottom), Some(left), Some(right)) = (row(0), row(2), column(4), column(6)) else { return Some(0) };
    let left = if left > 255 || right < left { 0 } else { left };
    if bottom == 0 || right == 0 {
        return Some(1);
    }
    bottom.checked_sub(top)?.checked_mul(right - left)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: u64 = 512 << 20;
    const SOUND: &[u8] = include_bytes!("../../../../tests/shapes/sheet-long.xls");

    fn put(bytes: &mut [u8], at: usize, new: &[u8]) {
        bytes[at..at + new.len()].copy_from_slice(new);
    }

    /// Where the sector of this number begins.
    fn sector(at: u32) -> usize {
        512 + at as usize * 512
    }

    /// Where the first record of a kind stands whose content is so long.
    fn find(bytes: &[u8], kind: u16, length: u16) -> usize {
        let head = [kind.to_le_bytes(), length.to_le_bytes()].concat();
        bytes.windows(4).position(|window| window == head).unwrap() + 4
    }

    #[test]
    fn sound_workbooks_pass() {
        let other: &[u8] = include_bytes!("../../../../tests/shapes/sheet-figures-second.xls");
        for bytes in [SOUND, other] {
            assert_eq!(check(bytes, MOST), Ok(()));
            let file = Compound::open(bytes).unwrap().unwrap();
            assert!(file.stream("workbook").unwrap().is_some_and(|stream| records(&stream, 0).count() > 10));
        }
        assert_eq!(check(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", MOST), Ok(()), "the decoder says what is wrong");
    }

    #[test]
    fn sectors_in_a_circle_are_not_followed() {
        let mut bytes = SOUND.to_vec();
        let table = sector(long(&bytes, 76).unwrap());
        let start = long(&bytes, 48).unwrap();
        put(&mut bytes, table + start as usize * 4, &start.to_le_bytes());
        assert_eq!(check(&bytes, MOST), Err(damaged("its sectors run in a circle")));
    }

    #[test]
    fn streams_longer_than_the_file_are_not_read() {
        let mut bytes = SOUND.to_vec();
        let start = sector(long(&bytes, 48).unwrap());
        let workbook = (0..4).map(|entry| start + entry * 128).find(|at| bytes[*at] == b'W').unwrap();
        put(&mut bytes, workbook + 120, &u32::MAX.to_le_bytes());
        assert_eq!(check(&bytes, MOST), Err(damaged("a stream in it is longer than the file")));
    }

    #[test]
    fn cells_far_apart_are_not_filled_in() {
        let mut bytes = SOUND.to_vec();
        let cell = find(&bytes, 0x0203, 14);
        put(&mut bytes, cell, &[0xff, 0xff, 0xff, 0xff]);
        assert_eq!(check(&bytes, MOST), Err(NoSheet::Unpacked));
    }

    #[test]
    fn sheets_say_no_more_cells_than_sheets_have() {
        let mut bytes = SOUND.to_vec();
        let size = find(&bytes, record::DIMENSIONS, 14);
        put(&mut bytes, size + 4, &u32::MAX.to_le_bytes());
        assert_eq!(check(&bytes, MOST), Err(damaged("a sheet of it is larger than sheets can be")));
    }
}
