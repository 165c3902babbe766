//! What every chart has around its plots: title, subtitle, key, axes and source line.

use plotters::style::{Color, RGBAColor, RGBColor};

use crate::chart::columns;
use crate::chart::font::{Fonts, Weight};
use crate::chart::labels::Rect;
use crate::chart::scene::{Align, Scene, Type, point};
use crate::chart::table::Table;
use crate::chart::theme::Palette;
use crate::chart::{Style, Subject};

/// Empty room at the left and the right of a picture, in CSS pixels: less of it in a narrow one.
const MARGIN: f64 = 48.0;
const NARROW_MARGIN: f64 = 22.0;
/// Width below which a picture is narrow.
const NARROW: f64 = 900.0;
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
/// Sizes of a title: the wish, how far it shrinks before it takes a second line, and before it takes a third.
const TITLE: [f64; 3] = [38.0, 24.0, 20.0];
/// Of a title of two lines.
const TITLE_OF_TWO: f64 = 30.0;
/// Em of the subtitle.
pub(super) const SUBTITLE: f64 = 23.0;
const KEY: f64 = 18.0;
const SOURCE: f64 = 16.0;
const SOURCE_LINE: f64 = 21.0;
const SUBTITLE_LINE: f64 = SUBTITLE * 1.3;
const KEY_LINE: f64 = 28.0;
/// Share of a picture's height that its plot keeps.
const LEAST_SHARE: f64 = 0.5;
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
    Hatch(RGBColor),
    Whisker,
    /// Bands laid over each other.
    Bands(Vec<RGBAColor>),
    /// Words that go with the entry before.
    None,
    /// Words by themselves.
    Note,
}

/// A picture in the making.
pub(super) struct Sheet<'a> {
    pub(super) scene: Scene,
    pub(super) fonts: &'a Fonts<'a>,
    pub(super) palette: &'static Palette,
    /// Empty room at the left and the right.
    pub(super) margin: f64,
    table: Option<Table>,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(size: (u32, u32), fonts: &'a Fonts<'a>, palette: &'static Palette) -> Self {
        let margin = if f64::from(size.0) < NARROW { NARROW_MARGIN } else { MARGIN };
        Self { scene: Scene::new(size, palette.background), fonts, palette, margin, table: None }
    }

    /// With a table of these series under the plot, if one is wanted; a picture of no given size grows by it.
    pub(super) fn with_table(mut self, subjects: &[Subject<'_>], style: &Style) -> Self {
        self.table = if style.table { Table::of(subjects) } else { None };
        if let (Some(table), None) = (&self.table, style.size) {
            self.scene.size.1 += whole(table.height());
        }
        self
    }

    /// The bottom of the plot.
    pub(super) fn bottom(&self) -> f64 {
        self.scene.height() - FOOT - self.table.as_ref().map_or(0.0, Table::height)
    }

    /// Width between the margins.
    pub(super) fn inner_width(&self) -> f64 {
        self.scene.width() - 2.0 * self.margin
    }

    /// Title, subtitle and key. Gives the top of the plot.
    pub(super) fn header(&mut self, title: &str, subtitle: &[Run], key: &[Key]) -> f64 {
        let mut baseline = self.title(title) + TITLE_TO_SUBTITLE;
        let mut lines = self.flow(subtitle, self.inner_width() / SUBTITLE);
        // The plot keeps half of the picture: a small one goes without a key, then with one line of subtitle, then with none.
        let lowest = self.bottom() - LEAST_SHARE * (self.bottom() + FOOT) - KEY_TO_PLOT;
        let key_lines = self.key(key, 0.0, false) / KEY_LINE + 1.0;
        let key_height = SUBTITLE_TO_KEY + (key_lines - 1.0) * KEY_LINE;
        let with_key = baseline + (lines.len() - 1) as f64 * SUBTITLE_LINE + key_height <= lowest;
        if !with_key && baseline + (lines.len() - 1) as f64 * SUBTITLE_LINE > lowest {
            lines.truncate(1);
        }
        if !with_key && baseline > lowest {
            lines.clear();
            baseline -= TITLE_TO_SUBTITLE;
        }
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                baseline += SUBTITLE_LINE;
            }
            self.write_runs(line, self.margin, baseline, SUBTITLE);
        }
        if with_key {
            baseline = self.key(key, baseline + SUBTITLE_TO_KEY, true);
        }
        baseline + KEY_TO_PLOT
    }

    /// The title, as large as fits on one line; below the least size on two, and then on three. Gives the baseline of the last line.
    fn title(&mut self, title: &str) -> f64 {
        let ink = self.palette.ink;
        let [most, least, least_of_two] = TITLE;
        let fitting = (self.inner_width() / self.fonts.width(title, Weight::SemiBold)).min(most);
        if fitting >= least {
            let look = Type::new(fitting, Weight::SemiBold, ink);
            self.scene.write(self.fonts, title, (self.margin, TITLE_BASELINE), Align::Left, look);
            return TITLE_BASELINE;
        }
        let run = Run { text: title.to_owned(), colour: ink, weight: Weight::SemiBold };
        let lines_at = |size: f64| self.flow(std::slice::from_ref(&run), self.inner_width() / size);
        let sizes = std::iter::successors(Some(TITLE_OF_TWO), |size| Some(size - 1.0)).take_while(|size| *size >= least_of_two);
        let two = sizes.map(|size| (size, lines_at(size))).find(|(_, lines)| lines.len() <= 2);
        let (size, mut lines) = two.unwrap_or_else(|| (least_of_two, lines_at(least_of_two)));
        if lines.len() > 3 {
            // A longer title is cut: the names in it are too long to be read anyway.
            let rest: Vec<String> = lines.drain(2..).flatten().map(|run| run.text).collect();
            let text = self.fonts.cut(&rest.join(" "), Weight::SemiBold, self.inner_width() / size);
            lines.push(vec![Run { text, colour: ink, weight: Weight::SemiBold }]);
        }
        let mut baseline = TITLE_BASELINE - size / 2.0;
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                baseline += size * 1.3;
            }
            self.write_runs(line, self.margin, baseline, size);
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
        let (mut x, mut baseline) = (self.margin, first);
        let end = self.scene.width() - self.margin;
        for (index, entry) in entries.iter().enumerate() {
            let sign = sign_width(&entry.sign);
            let width = sign + look.width(self.fonts, &entry.label);
            // Words that go with the entry before stay with it.
            let follower = entries.get(index + 1).filter(|next| matches!(next.sign, Sign::None));
            let with_follower = width + follower.map_or(0.0, |next| look.width(self.fonts, &next.label) + 5.5);
            if x > self.margin && x + with_follower > end && !matches!(entry.sign, Sign::None) {
                x = self.margin;
                baseline += KEY_LINE;
            }
            if draw {
                self.sign(&entry.sign, x, baseline - KEY * 0.36);
                let label = self.fonts.cut(&entry.label, Weight::Regular, (end - x - sign) / KEY);
                self.scene.write(self.fonts, &label, (x + sign, baseline), Align::Left, look);
            }
            let gap = match entries.get(index + 1).map(|next| &next.sign) {
                Some(Sign::None | Sign::Note) => 5.5,
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
            Sign::Hatch(colour) => {
                let swatch = Rect { left: x, top: y - 8.0, right: x + 22.0, bottom: y + 8.0 };
                columns::draw_bar(self, swatch, *colour, true);
            }
            Sign::Whisker => {
                let ink = self.palette.ink;
                self.scene.segment((x + 7.0, y - 8.0), (x + 7.0, y + 8.0), 2.0, ink);
                self.scene.segment((x + 1.0, y - 8.0), (x + 13.0, y - 8.0), 2.0, ink);
                self.scene.segment((x + 1.0, y + 8.0), (x + 13.0, y + 8.0), 2.0, ink);
            }
            Sign::Bands(layers) => {
                let swatch = Rect { left: x, top: y - 8.0, right: x + 26.0, bottom: y + 8.0 };
                for layer in layers {
                    self.scene.block(swatch, *layer);
                }
            }
            Sign::None | Sign::Note => {}
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

    /// The table, if there is one, the source line, or two, and the name of the program.
    pub(super) fn foot(&mut self, source: &str) {
        if let Some(table) = self.table.take() {
            // Below the names of the axis.
            let top = self.scene.height() - FOOT - table.height() + AXIS * 1.7;
            let (left, right) = (self.margin, self.scene.width() - self.margin);
            table.write(self, left, right, top);
        }
        let baseline = self.scene.height() - SOURCE_BASELINE;
        let mark = Type::new(SOURCE, Weight::SemiBold, self.palette.ink_3);
        let right = self.scene.width() - self.margin;
        let name = self.scene.write(self.fonts, "topline", (right, baseline), Align::Right, mark);
        let room = (name.left - 24.0 - self.margin) / SOURCE;
        let run = Run { text: source.to_owned(), colour: self.palette.ink_3, weight: Weight::Regular };
        let mut lines = self.flow(&[run], room);
        lines.truncate(2);
        let first = baseline - (lines.len() - 1) as f64 * SOURCE_LINE;
        for (index, line) in lines.iter().enumerate() {
            self.write_runs(line, self.margin, first + index as f64 * SOURCE_LINE, SOURCE);
        }
    }

    /// Width in em that the source line may take.
    pub(super) fn source_room(&self) -> f64 {
        let name = self.fonts.width("topline", Weight::SemiBold);
        (self.inner_width() - 24.0) / SOURCE - name
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a height of some hundred pixels")]
fn whole(height: f64) -> u32 {
    height.ceil() as u32
}

fn sign_width(sign: &Sign) -> f64 {
    match sign {
        Sign::Square(_) | Sign::Ring(_) | Sign::Dot(_) | Sign::Whisker => 24.0,
        Sign::Hatch(_) => 32.0,
        Sign::Diamond(_) => 27.0,
        Sign::Line(_) => 40.0,
        Sign::Bands(_) => 34.0,
        Sign::None | Sign::Note => 0.0,
    }
}
