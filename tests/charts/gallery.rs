//! The pictures of `docs/gallery.md` are what its commands draw today.
//!
//! `UPDATE_GALLERY=1 cargo test --test charts gallery` draws them anew. SVG is compared by its bytes on Linux; PNG everywhere by
//! its pixels, with a tolerance, because other machines may round the edges of shapes differently.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
/// Mean difference of a colour channel, out of 255, that passes for equal.
const PIXEL_TOLERANCE: f64 = 0.5;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn updates() -> bool {
    std::env::var_os("UPDATE_GALLERY").is_some()
}

/// The commands of the gallery, as words, with the name of the picture that each writes.
fn commands() -> Vec<(String, Vec<String>)> {
    let text = fs::read_to_string(root().join("docs/gallery.md")).unwrap();
    let lines = text.lines().filter_map(|line| line.strip_prefix("topline "));
    lines
        .map(|line| {
            // Words are separated by spaces; the gallery quotes with \" alone.
            let quoted = line.split('"').enumerate().flat_map(|(index, part)| {
                let inside = index % 2 == 1;
                let words: Vec<String> =
                    if inside { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() };
                words
            });
            let words: Vec<String> = quoted.collect();
            let output = words.iter().position(|word| word == "-o").unwrap() + 1;
            let name = words[output].strip_prefix("docs/gallery/").unwrap().strip_suffix(".svg").unwrap().to_owned();
            (name, words[..output - 1].iter().chain(&words[output + 1..]).cloned().collect())
        })
        .collect()
}

/// Draws what a command of the gallery draws, as SVG and as a PNG of one pixel to the CSS pixel.
fn run(words: &[String]) -> (Vec<u8>, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let draw = |file: &str, more: &[&str]| {
        let path: PathBuf = folder.path().join(file);
        let mut command = Command::cargo_bin("topline").unwrap();
        command.current_dir(root()).args(words).arg("-o").arg(&path).args(more).arg("--quiet").assert().success();
        fs::read(path).unwrap()
    };
    (draw("a.svg", &[]), draw("a.png", &["--pixel-ratio", "1"]))
}

fn pixels(png: &[u8]) -> ((u32, u32), Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    ((reader.info().width, reader.info().height), pixels)
}

/// Compares with the picture in the gallery, or replaces it.
fn check(name: &str, svg: &[u8], png: &[u8]) {
    let folder = root().join("docs/gallery");
    let (svg_path, png_path) = (folder.join(format!("{name}.svg")), folder.join(format!("{name}.png")));
    if updates() {
        fs::create_dir_all(&folder).unwrap();
        fs::write(svg_path, svg).unwrap();
        fs::write(png_path, png).unwrap();
        return;
    }
    let hint = "draw the gallery anew with UPDATE_GALLERY=1 cargo test --test charts gallery, and look at it";
    if cfg!(target_os = "linux") {
        assert!(fs::read(svg_path).unwrap() == svg, "{name}.svg differs: {hint}");
    }
    let ((size, wanted), (new_size, new)) = (pixels(&fs::read(png_path).unwrap()), pixels(png));
    assert_eq!(size, new_size, "{name}.png: {hint}");
    let total: f64 = wanted.iter().zip(&new).map(|(a, b)| f64::from(a.abs_diff(*b))).sum();
    let mean = total / wanted.len() as f64;
    assert!(mean <= PIXEL_TOLERANCE, "{name}.png differs by {mean:.3}: {hint}");
}

#[test]
fn gallery_is_what_its_commands_draw() {
    let commands = commands();
    assert!(commands.len() >= 8, "the gallery has {} commands", commands.len());
    for (name, words) in &commands {
        let (svg, png) = run(words);
        check(name, &svg, &png);
    }
}

#[test]
fn gallery_shows_every_picture() {
    let text = fs::read_to_string(root().join("docs/gallery.md")).unwrap();
    for file in fs::read_dir(root().join("docs/gallery")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        assert!(text.contains(&format!("gallery/{name}")), "{name} is not in docs/gallery.md");
    }
}
