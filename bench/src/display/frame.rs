//! Pictures of a display, and what a series of them says: when something was first to be seen, and when all of it was.
//! Knows no display.

use std::sync::Arc;
use std::time::Duration;

/// A blinking caret is two pixels wide and as high as a line of text. What differs in no more pixels than this is the same
/// page to a person.
const CARET: usize = 90;

/// A scrollbar that fades when nobody scrolls is three pixels wide, and a caret beside it one or two. What differs in no
/// more columns of pixels than this is the same page, too.
const NARROW: usize = 6;

/// Colours that differ by less are taken for equal: text is smoothed a little differently from one frame to the next.
const TOLERANCE: u8 = 24;

/// Fewer changed pixels than this are not a window yet.
const SOMETHING: usize = 20_000;

/// Bytes of a pixel: blue, green, red and one that says nothing.
const PIXEL: usize = 4;

/// What a display shows at one moment. Rows that are as they were before are shared with the frame before.
#[derive(Debug, Clone)]
pub(crate) struct Frame(Vec<Arc<[u8]>>);

impl Frame {
    /// A frame from the pixels of all rows, each `row` bytes long.
    pub(crate) fn new(pixels: &[u8], row: usize) -> Self {
        Self(pixels.chunks_exact(row).map(Arc::from).collect())
    }

    /// The frame that follows this one, or `None` where nothing has changed.
    pub(crate) fn next(&self, pixels: &[u8], row: usize) -> Option<Self> {
        let mut next = self.clone();
        let mut has_changed = false;
        for (old, new) in next.0.iter_mut().zip(pixels.chunks_exact(row)) {
            if **old != *new {
                *old = Arc::from(new);
                has_changed = true;
            }
        }
        has_changed.then_some(next)
    }

    /// In how many pixels two frames differ so that it can be seen.
    pub(crate) fn differing(&self, other: &Self) -> usize {
        self.rows_beside(other)
            .map(|(one, other)| pairs(one, other).filter(|pair| differs(*pair)).count())
            .sum()
    }

    /// Whether a person sees another page than the other frame shows: more than a caret or a scrollbar differs.
    pub(crate) fn is_other_page(&self, other: &Self) -> bool {
        self.differing(other) > CARET && self.differing_columns(other) > NARROW
    }

    /// In how many columns two frames differ so that it can be seen.
    fn differing_columns(&self, other: &Self) -> usize {
        let mut columns = vec![false; self.size().0];
        for (one, other) in self.rows_beside(other) {
            columns.iter_mut().zip(pairs(one, other)).for_each(|(column, pair)| *column |= differs(pair));
        }
        columns.into_iter().filter(|column| *column).count()
    }

    /// The rows of both frames that need not be the same.
    fn rows_beside<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
        let rows = self.0.iter().zip(&other.0).filter(|(one, other)| !Arc::ptr_eq(one, other));
        rows.map(|(one, other)| (&**one, &**other))
    }

    /// How many pixels have a colour (red, green, blue) that `fits`.
    pub(crate) fn count(&self, fits: impl Fn([u8; 3]) -> bool) -> usize {
        self.pixels().filter(|pixel| fits(*pixel)).count()
    }

    /// All pixels, row by row, as red, green and blue.
    pub(crate) fn pixels(&self) -> impl Iterator<Item = [u8; 3]> {
        self.0.iter().flat_map(|row| row.chunks_exact(PIXEL)).map(|pixel| [pixel[2], pixel[1], pixel[0]])
    }

    /// Width and height in pixels.
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.0.first().map_or(0, |row| row.len() / PIXEL), self.0.len())
    }
}

/// The pixels of two rows, side by side.
fn pairs<'a>(one: &'a [u8], other: &'a [u8]) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
    one.chunks_exact(PIXEL).zip(other.chunks_exact(PIXEL))
}

/// Whether two pixels differ so that it can be seen.
fn differs((one, other): (&[u8], &[u8])) -> bool {
    (0..3).any(|colour| one[colour].abs_diff(other[colour]) > TOLERANCE)
}

/// All that a display has shown for a while.
#[derive(Debug)]
pub(crate) struct Frames {
    /// What it showed before.
    before: Frame,
    /// Each frame that differed from the one before it, with its time.
    shown: Vec<(Duration, Frame)>,
    /// When a window closed last.
    closed: Option<Duration>,
}

impl Frames {
    /// A display that shows this.
    pub(crate) fn after(before: Frame) -> Self {
        Self { before, shown: Vec::new(), closed: None }
    }

    /// Adds what is shown from `at` on.
    pub(crate) fn push(&mut self, at: Duration, frame: Frame) {
        self.shown.push((at, frame));
    }

    /// A window closed then.
    pub(crate) fn close(&mut self, at: Duration) {
        self.closed = Some(at);
    }

    /// When the last window that closed did so.
    pub(crate) fn closed(&self) -> Option<Duration> {
        self.closed
    }

    /// What is shown now.
    pub(crate) fn last(&self) -> &Frame {
        self.shown.last().map_or(&self.before, |(_, frame)| frame)
    }

    /// When a window was first to be seen, painted or not.
    pub(crate) fn first_pixel(&self) -> Option<Duration> {
        self.first(|frame| frame.differing(&self.before) > SOMETHING)
    }

    /// When anything changed that a person sees.
    pub(crate) fn first_change(&self) -> Option<Duration> {
        self.first(|frame| frame.is_other_page(&self.before))
    }

    /// When a frame was first to be seen that `fits`.
    pub(crate) fn first(&self, fits: impl Fn(&Frame) -> bool) -> Option<Duration> {
        self.shown.iter().find(|(_, frame)| fits(frame)).map(|(at, _)| *at)
    }

    /// When the page stood as it stands at the end, but for a caret and a scrollbar, not to change again. `None` where
    /// nothing changed.
    pub(crate) fn painted(&self) -> Option<Duration> {
        let last = self.last();
        if !self.before.is_other_page(last) {
            return None;
        }
        let same = self.shown.iter().rev().take_while(|(_, frame)| !frame.is_other_page(last));
        same.last().map(|(at, _)| *at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: usize = 200;
    const ROW: usize = WIDTH * PIXEL;

    /// A frame of 200 x 200 pixels in one grey, with the first `changed` pixels in white.
    fn frame(grey: u8, changed: usize) -> Frame {
        let mut pixels = vec![grey; ROW * 200];
        pixels[..changed * PIXEL].fill(255);
        Frame::new(&pixels, ROW)
    }

    fn frames(shown: &[(u64, Frame)]) -> Frames {
        let mut frames = Frames::after(frame(0, 0));
        shown.iter().for_each(|(at, frame)| frames.push(Duration::from_millis(*at), frame.clone()));
        frames
    }

    #[test]
    fn a_page_is_painted_when_it_stands_as_at_the_end_but_for_a_caret() {
        let caret = frame(100, CARET);
        let shown = frames(&[
            (10, frame(50, 0)),
            (20, frame(100, 0)),
            (30, caret.clone()),
            (40, frame(100, 0)),
            (50, caret),
        ]);

        assert_eq!(shown.first_pixel(), Some(Duration::from_millis(10)));
        assert_eq!(shown.painted(), Some(Duration::from_millis(20)));
    }

    #[test]
    fn a_scrollbar_that_fades_beside_a_caret_is_no_other_page() {
        let at = |columns: &[usize]| {
            let mut pixels = vec![100; ROW * 200];
            for row in pixels.chunks_exact_mut(ROW) {
                columns.iter().for_each(|column| row[column * PIXEL..(column + 1) * PIXEL].fill(255));
            }
            Frame::new(&pixels, ROW)
        };
        let shown = frames(&[(10, frame(100, 0)), (20, at(&[50, 196, 197, 198])), (30, frame(100, 0))]);
        let text =
            frames(&[(10, frame(100, 0)), (20, at(&[50, 51, 52, 53, 196, 197, 198])), (30, frame(100, 0))]);

        assert_eq!(shown.painted(), Some(Duration::from_millis(10)));
        assert_eq!(text.painted(), Some(Duration::from_millis(30)));
    }

    #[test]
    fn a_page_that_is_painted_twice_counts_from_the_second_time() {
        let shown = frames(&[(10, frame(100, 0)), (20, frame(100, CARET + 1)), (30, frame(100, 0))]);

        assert_eq!(shown.painted(), Some(Duration::from_millis(30)));
    }

    #[test]
    fn a_display_on_which_nothing_happens_was_never_painted() {
        assert_eq!(frames(&[]).painted(), None);
        assert_eq!(frames(&[(10, frame(0, CARET))]).painted(), None);
        assert_eq!(frames(&[(10, frame(0, CARET))]).first_pixel(), None);
    }

    #[test]
    fn the_smallest_change_that_a_person_sees_is_an_answer() {
        let shown = frames(&[(10, frame(0, CARET)), (20, frame(0, CARET + 1))]);

        assert_eq!(shown.first_change(), Some(Duration::from_millis(20)));
        assert_eq!(
            shown.first(|frame| frame.count(|pixel| pixel == [255; 3]) > 0),
            Some(Duration::from_millis(10))
        );
    }

    #[test]
    fn a_frame_that_is_the_same_is_none_and_a_new_one_shares_the_rows_that_stay() {
        let one = frame(7, 0);
        let mut pixels = vec![7; ROW * 200];
        assert!(one.next(&pixels, ROW).is_none());
        pixels[0] = 8;

        let next = one.next(&pixels, ROW).expect("another frame");

        assert!(!Arc::ptr_eq(&one.0[0], &next.0[0]) && Arc::ptr_eq(&one.0[1], &next.0[1]));
        assert_eq!(next.differing(&one), 0, "too little to be seen");
        assert_eq!(next.size(), (WIDTH, 200));
    }
}
