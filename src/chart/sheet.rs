//! What every chart has around its plots: title, subtitle, key, axes and source line.

use plotters::style::{Color, RGBAColor, RGBColor};

use crate::chart::font::{Fonts, Weight};
use crate::chart::labels::Rect;
use crate::chart::scene::{Align, Scene, Type, point};
use crate::chart::theme::Palette;

/// Empty room at the left and the right of a picture, in CSS pixels.
pub(super) const MARGIN: f64 = 48.0;
/// Em of the labels on the axes of a chart with one plot, or two.
pub(super) const AXIS: f64 = 20.0;
/// From a plot to the labels at its right, and the least room that those get.
pub(super) const LABEL_GAP: f64 = 26.0;
pub(super) const LEAST_GUTTER: f64 = 120.0;
/// From a plot's bottom to the lower edge of the picture.
pub(super) const FOOT: f64 = 104.0;
/// Top of the plot under a title, a subtitle and a key of one line each.
pub(super) const TOP: f64 = TITLE_BASELINE + TITLE_TO_SUBTITLE + SUBTITLE_TO_KEY + KEY_TO_PLOT;
/// From the origin's caption to the plot.
pub(super) const CAPTION_ABOVE: f64 = 13.0;

const TITLE_BASELINE: f64 = 68.0;
const TITLE_TO_SUBTITLE: f64 = 38.0;
const SUBTITLE_TO_KEY: f64 = 44.0;
const KEY_TO_PLOT: f64 = 56.0;
const SOURCE_BASELINE: f64 = 28.0;
/// Title sizes: the wish, and how far it shrinks before it takes a second line.
const TITLE: (f64, f64) = (38.0, 24.0);
/// Em of the subtitle.
pub(super) const SUBTITLE: f64 = 23.0;
const KEY: f64 = 18.0;
const SOURCE: f64 = 16.0;
const SOURCE_LINE: f64 = 21.0;
const SUBTITLE_LINE: f64 = SUBTITLE * 1.3;
const KEY_LINE: f64 = 28.0;
/// Height of a plot below which the texts above it give way.
const LEAST_HEIGHT: f64 = 110.0;
/// A stretch of text in one look.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) colour: RGBColor,
    pub(super) weight: Weight,
}

/// An entry of the key.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) sign: Sign,
    pub(super) label: String,
}

/// The sign of an entry of the key.
#[derive(Clone, Debug)]
pub(super) enum Sign {
    Square(RGBColor),
    Dot(RGBColor),
    Ring(RGBColor),
    Diamond(RGBColor),
    Line(RGBColor),
    /// Bands laid over each other.
    Bands(Vec<RGBAColor>),
    /// Words that go with the entry before.
    None,
}

/// A picture in the making.
pub(super) struct Sheet<'a> {
    pub(super) scene: Scene,
    pub(super) fonts: &'a Fonts<'a>,
    pub(super) palette: &'static Palette,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(size: (u32, u32), fonts: &'a Fonts<'a>, palette: &'static Palette) -> Self {
        Self { scene: Scene::new(size, palette.background), fonts, palette }
    }

    /// Width between the margins.
    pub(super) fn inner_width(&self) -> f64 {
        self.scene.width() - 2.0 * MARGIN
    }

    /// Title, subtitle and key. Gives the top of the plot.
    pub(super) fn header(&mut self, title: &str, subtitle: &[Run], key: &[Key]) -> f64 {
        let mut baseline = self.title(title) + TITLE_TO_SUBTITLE;
        let mut lines = self.flow(subtitle, self.inner_width() / SUBTITLE);
        // In the smallest pictures the plot comes first: it goes without a key, then with one line of subtitle.
        let lowest = self.scene.height() - FOOT - LEAST_HEIGHT - KEY_TO_PLOT;
        let key_lines = self.key(key, 0.0, false) / KEY_LINE + 1.0;
        let key_height = SUBTITLE_TO_KEY + (key_lines - 1.0) * KEY_LINE;
        let with_key = baseline + (lines.len() - 1) as f64 * SUBTITLE_LINE + key_height <= lowest;
        if !with_key && baseline + (lines.len() - 1) as f64 * SUBTITLE_LINE > lowest {
            lines.truncate(1);
        }
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                baseline += SUBTITLE_LINE;
            }
            self.write_runs(line, MARGIN, baseline, SUBTITLE);
        }
        if with_key {
            baseline = self.key(key, baseline + SUBTITLE_TO_KEY, true);
        }
        baseline + KEY_TO_PLOT
    }

    /// The title, as large as fits on one line; below the least size on two. Gives the baseline of the last line.
    fn title(&mut self, title: &str) -> f64 {
        let ink = self.palette.ink;
        let width = self.fonts.width(title, Weight::SemiBold);
        let fitting = (self.inner_width() / width).min(TITLE.0);
        if fitting >= TITLE.1 {
            let look = Type::new(fitting, Weight::SemiBold, ink);
            self.scene.write(self.fonts, title, (MARGIN, TITLE_BASELINE), Align::Left, look);
            return TITLE_BASELINE;
        }
        let size = TITLE.1;
        let run = Run { text: title.to_owned(), colour: ink, weight: Weight::SemiBold };
        let mut lines = self.flow(&[run], self.inner_width() / size);
        if lines.len() > 2 {
            // A title of more than two lines is cut: the names in it are too long to be read anyway.
            let rest: Vec<String> = lines.drain(1..).flatten().map(|run| run.text).collect();
            let text = self.fonts.cut(&rest.join(" "), Weight::SemiBold, self.inner_width() / size);
            lines.push(vec![Run { text, colour: ink, weight: Weight::SemiBold }]);
        }
        let mut baseline = TITLE_BASELINE - size / 2.0;
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                baseline += size * 1.3;
            }
            self.write_runs(line, MARGIN, baseline, size);
        }
        baseline
    }

    /// Breaks runs into lines of `room` em, between words; a word wider than a line is cut short.
    fn flow(&self, runs: &[Run], room: f64) -> Vec<Vec<Run>> {
        let mut lines: Vec<Vec<Run>> = vec![Vec::new()];
        let mut used = 0.0;
        for run in runs {
            for word in run.text.split_inclusive(' ') {
                let word = self.fonts.cut(word, run.weight, room);
                let width = self.fonts.width(word.trim_end(), run.weight);
                if used + width > room && used > 0.0 {
                    lines.push(Vec::new());
                    used = 0.0;
                }
                used += self.fonts.width(&word, run.weight);
                let line = lines.last_mut().unwrap_or_else(|| unreachable!("there is always a line"));
                match line.last_mut() {
                    Some(last) if last.colour == run.colour && last.weight == run.weight => last.text.push_str(&word),
                    _ => line.push(Run { text: word, ..run.clone() }),
                }
            }
        }
        lines
    }

    /// Writes runs side by side from `x`. Gives where they end.
    pub(super) fn write_runs(&mut self, runs: &[Run], mut x: f64, baseline: f64, size: f64) -> f64 {
        for run in runs {
            let look = Type::new(size, run.weight, run.colour);
            // Spaces at a run's edges move the text instead: viewers of SVG drop them.
            let lead = look.width(self.fonts, &run.text[..run.text.len() - run.text.trim_start().len()]);
            self.scene.write(self.fonts, run.text.trim(), (x + lead, baseline), Align::Left, look);
            x += look.width(self.fonts, &run.text);
        }
        x
    }

    /// The key, on as many lines as it needs, drawn or only measured. Gives the baseline of the last.
    fn key(&mut self, entries: &[Key], first: f64, draw: bool) -> f64 {
        let look = Type::new(KEY, Weight::Regular, self.palette.ink_2);
        let (mut x, mut baseline) = (MARGIN, first);
        let end = self.scene.width() - MARGIN;
        for (index, entry) in entries.iter().enumerate() {
            let sign = sign_width(&entry.sign);
            let width = sign + look.width(self.fonts, &entry.label);
            // Words that go with the entry before stay with it.
            let follower = entries.get(index + 1).filter(|next| matches!(next.sign, Sign::None));
            let with_follower = width + follower.map_or(0.0, |next| look.width(self.fonts, &next.label) + 5.5);
            if x > MARGIN && x + with_follower > end && !matches!(entry.sign, Sign::None) {
                x = MARGIN;
                baseline += KEY_LINE;
            }
            if draw {
                self.sign(&entry.sign, x, baseline - KEY * 0.36);
                self.scene.write(self.fonts, &entry.label, (x + sign, baseline), Align::Left, look);
            }
            let gap = match entries.get(index + 1).map(|next| &next.sign) {
                Some(Sign::None) => 5.5,
                Some(Sign::Bands(_)) if matches!(entry.sign, Sign::Bands(_)) => 18.0,
                _ => 29.0,
            };
            x += width + gap;
        }
        baseline
    }

    fn sign(&mut self, sign: &Sign, x: f64, y: f64) {
        match sign {
            Sign::Square(colour) => self.square(x + 7.0, y, 6.5, *colour),
            Sign::Dot(colour) => self.scene.disc(point(x + 7.0, y), 4.5, colour.mix(1.0)),
            Sign::Ring(colour) => self.ring(x + 7.0, y, 6.8, *colour),
            Sign::Diamond(colour) => self.diamond(x + 9.0, y, 9.5, *colour),
            Sign::Line(colour) => self.scene.segment((x, y), (x + 30.0, y), 2.4, *colour),
            Sign::Bands(layers) => {
                let swatch = Rect { left: x, top: y - 8.0, right: x + 26.0, bottom: y + 8.0 };
                for layer in layers {
                    self.scene.block(swatch, *layer);
                }
            }
            Sign::None => {}
        }
    }

    pub(super) fn square(&mut self, x: f64, y: f64, half: f64, colour: RGBColor) {
        self.scene.block(Rect::about(x, y, half, half), colour.mix(1.0));
    }

    pub(super) fn ring(&mut self, x: f64, y: f64, radius: f64, colour: RGBColor) {
        self.scene.disc(point(x, y), radius, colour.mix(1.0));
        self.scene.disc(point(x, y), radius * 0.6, self.palette.background.mix(1.0));
    }

    pub(super) fn diamond(&mut self, x: f64, y: f64, half: f64, colour: RGBColor) {
        let corners = |half: f64| vec![point(x, y - half), point(x + half, y), point(x, y + half), point(x - half, y)];
        self.scene.fill(corners(half), colour.mix(1.0));
        self.scene.fill(corners(half - 3.6), self.palette.background.mix(1.0));
    }

    /// The source line, or two, and the name of the program.
    pub(super) fn foot(&mut self, source: &str) {
        let baseline = self.scene.height() - SOURCE_BASELINE;
        let mark = Type::new(SOURCE, Weight::SemiBold, self.palette.ink_3);
        let right = self.scene.width() - MARGIN;
        let name = self.scene.write(self.fonts, "topline", (right, baseline), Align::Right, mark);
        let room = (name.left - 24.0 - MARGIN) / SOURCE;
        let run = Run { text: source.to_owned(), colour: self.palette.ink_3, weight: Weight::Regular };
        let mut lines = self.flow(&[run], room);
        lines.truncate(2);
        let first = baseline - (lines.len() - 1) as f64 * SOURCE_LINE;
        for (index, line) in lines.iter().enumerate() {
            self.write_runs(line, MARGIN, first + index as f64 * SOURCE_LINE, SOURCE);
        }
    }

    /// Width in em that the source line may take.
    pub(super) fn source_room(&self) -> f64 {
        let name = self.fonts.width("topline", Weight::SemiBold);
        (self.inner_width() - 24.0) / SOURCE - name
    }
}

fn sign_width(sign: &Sign) -> f64 {
    match sign {
        Sign::Square(_) | Sign::Ring(_) | Sign::Dot(_) => 24.0,
        Sign::Diamond(_) => 27.0,
        Sign::Line(_) => 40.0,
        Sign::Bands(_) => 34.0,
        Sign::None => 0.0,
    }
}
