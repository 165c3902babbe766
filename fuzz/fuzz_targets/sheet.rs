//! The reader on a workbook whose sheet is any bytes; its archive is sound, so that they are looked at.
//!
//! `cargo +nightly fuzz run sheet -- -max_len=65536 -timeout=10 -rss_limit_mb=2048`
#![no_main]

mod check;

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const PARTS: [(&str, &str); 3] = [
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
    ),
];

fuzz_target!(init: check::let_caught_panics_pass(), |bytes: &[u8]| {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in PARTS.map(|(name, part)| (name, part.as_bytes())).into_iter().chain([("xl/worksheets/sheet1.xml", bytes)])
    {
        archive.start_file(name, stored).expect("a name is free");
        archive.write_all(part).expect("memory takes it");
    }
    check::check(archive.finish().expect("memory takes it").get_ref());
});
