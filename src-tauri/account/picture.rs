//! The chosen picture on its way to a bucket: prepared within limits, then written in the way that the project takes.

use parking_lot::Mutex;
use std::time::Duration;

use foyer_contract::{ErrorCode, Field, SessionErrorCode};
use foyer_picture::{Encoded, Encoding, Format, Picture, PictureError, Stop};
use supabase_session::{ApiError, BucketRules};
use tokio::sync::Notify;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::timeout;
use uuid::Uuid;

use crate::error::Failure;

/// The longest that a file may take. A large picture takes some seconds on a slow machine.
const DEADLINE: Duration = Duration::from_secs(30);

/// A longer path is none that this app or any other wrote.
const LONGEST_PATH: usize = 1024;

impl From<PictureError> for Failure {
    fn from(error: PictureError) -> Self {
        let code = match error {
            PictureError::Unreadable => ErrorCode::FileUnreadable,
            PictureError::FileTooLarge => ErrorCode::FileTooLarge,
            PictureError::Unsupported => ErrorCode::ImageUnsupported,
            PictureError::Broken => ErrorCode::ImageBroken,
            PictureError::TooLarge => ErrorCode::ImageTooLarge,
            PictureError::TooHeavy => ErrorCode::ImageTooHeavy,
            // The page sends no such numbers.
            PictureError::CropInvalid => ErrorCode::Session(SessionErrorCode::Internal),
            PictureError::Stopped => ErrorCode::Session(SessionErrorCode::Cancelled),
        };
        Self::new(code, error.to_string()).on(Field::Avatar)
    }
}

/// Held while a picture is decoded: the memory that one may take is not taken twice.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Reads something and makes something of it when its turn comes, until `cancelled` says otherwise or it has taken too
/// long. The work itself ends at its next look; nobody waits for that.
pub(super) async fn in_turn<S, T: Send + 'static>(
    read: impl FnOnce() -> Result<S, PictureError> + Send + 'static,
    make: impl FnOnce(S, &Stop) -> Result<T, PictureError> + Send + 'static,
    cancelled: &Notify,
) -> Result<T, Failure> {
    let stop = Stop::after(DEADLINE);
    let work = begin(read, make, stop.clone());
    let outcome = tokio::select! {
        outcome = timeout(DEADLINE, work) => outcome,
        () = cancelled.notified() => {
            stop.now();
            return Err(PictureError::Stopped.into());
        }
    };
    match outcome {
        Ok(Ok(made)) => Ok(made?),
        Ok(Err(_)) => Err(Failure::internal("the picture could not be prepared")),
        Err(_) => {
            stop.now();
            Err(PictureError::TooHeavy.into())
        }
    }
}

/// Prepares a file that was fetched, and encodes it in the best way for the page.
///
/// # Errors
/// Why the file cannot be the picture.
pub(super) async fn prepare(bytes: Vec<u8>) -> Result<Encoded, PictureError> {
    let make = |bytes, stop: &Stop| {
        let picture = foyer_picture::prepare_bytes(bytes, stop)?;
        let best = picture.formats().into_iter().flat_map(Picture::encodings).next();
        picture.encode(best.ok_or(PictureError::Unsupported)?)
    };
    begin(move || Ok(bytes), make, Stop::after(DEADLINE)).await.unwrap_or(Err(PictureError::Broken))
}

/// Reads something at once, and makes something of it when its turn comes.
fn begin<S, T: Send + 'static>(
    read: impl FnOnce() -> Result<S, PictureError> + Send + 'static,
    make: impl FnOnce(S, &Stop) -> Result<T, PictureError> + Send + 'static,
    stop: Stop,
) -> JoinHandle<Result<T, PictureError>> {
    spawn_blocking(move || {
        // A file may hang (on a server that is away): nobody else is kept from their turn meanwhile.
        let source = read()?;
        let _turn = ONE_AT_A_TIME.lock();
        make(source, &stop)
    })
}

/// How a picture is written next: the best way at first, and after each refusal the best one that is left.
#[derive(Clone)]
pub(super) struct Ways {
    picture: Picture,
    left: Vec<Encoding>,
    /// The size from which on the project refuses, as far as it is known.
    refused_from: Option<u64>,
    /// The bucket's own limit, where the server tells it.
    limit: Option<u64>,
    formats_refused: usize,
    smallest: Option<u64>,
}

impl Ways {
    pub(super) fn new(picture: Picture) -> Self {
        let left = picture.formats().into_iter().flat_map(Picture::encodings).collect();
        Self { picture, left, refused_from: None, limit: None, formats_refused: 0, smallest: None }
    }

    /// The same for a bucket whose rules may be known.
    pub(super) fn within(picture: Picture, rules: Option<&BucketRules>) -> Self {
        let mut ways = Self::new(picture);
        if let Some(rules) = rules {
            ways.learn(rules);
        }
        ways
    }

    /// What to try next. Takes some 10 ms: call it where blocking is allowed.
    ///
    /// # Errors
    /// When nothing is left that the project might take.
    pub(super) fn next(&mut self) -> Result<Encoded, Failure> {
        while !self.left.is_empty() {
            let encoded = self.picture.encode(self.left.remove(0))?;
            let size = encoded.bytes.len() as u64;
            self.smallest = Some(self.smallest.map_or(size, |smallest| smallest.min(size)));
            let is_small = self.refused_from.is_none_or(|from| size < from);
            if is_small && self.limit.is_none_or(|limit| size <= limit) {
                return Ok(encoded);
            }
        }
        Err(self.nothing_left())
    }

    /// Takes in why the last one was refused; gives other failures back.
    pub(super) fn refused(&mut self, encoded: &Encoded, error: ApiError) -> Result<(), ApiError> {
        match error {
            ApiError::PayloadTooLarge => {
                let size = encoded.bytes.len() as u64;
                self.refused_from = Some(self.refused_from.map_or(size, |from| from.min(size)));
                Ok(())
            }
            ApiError::UnsupportedType => {
                self.refuse(encoded.format);
                Ok(())
            }
            error => Err(error),
        }
    }

    /// Takes in what the server tells of the bucket.
    pub(super) fn learn(&mut self, rules: &BucketRules) {
        self.limit = rules.largest;
        if let Some(types) = rules.types.as_ref().filter(|types| !types.is_empty()) {
            for format in [Format::Jpeg, Format::WebP, Format::Png] {
                let takes = |allowed: &String| {
                    allowed == format.content_type() || allowed == "image/*" || allowed == "*/*"
                };
                if !types.iter().any(takes) {
                    self.refuse(format);
                }
            }
        }
    }

    fn refuse(&mut self, format: Format) {
        let before = self.left.len();
        self.left.retain(|way| way.format != format);
        self.formats_refused += usize::from(self.left.len() < before);
    }

    fn nothing_left(&self) -> Failure {
        let failure = match (self.limit, self.smallest.filter(|_| self.refused_from.is_some())) {
            (Some(limit), _) if self.formats_refused < self.picture.formats().len() => {
                let message = "the project takes no picture of this size";
                Failure::new(ErrorCode::BucketLimit, message).of_bytes(limit)
            }
            (_, Some(smallest)) => {
                let message = "the project takes not even a small picture";
                Failure::new(ErrorCode::BucketTooSmall, message).of_bytes(smallest)
            }
            _ => Failure::new(ErrorCode::BucketFormats, "the project takes no JPEG, WebP or PNG pictures"),
        };
        failure.on(Field::Avatar)
    }
}

/// Whether this may be an object's path in the bucket. Rows of other apps have web addresses there (with tokens, where
/// they were signed), paths of their own pages, or nothing.
pub(super) fn is_path(text: &str) -> bool {
    let is_plain = |c: char| !c.is_control() && !matches!(c, '?' | '#' | '\\' | '%');
    text.len() <= LONGEST_PATH
        && !text.split('/').next().is_some_and(|first| first.contains(':'))
        && text.chars().all(is_plain)
        && !text.split('/').any(|segment| matches!(segment.trim(), "" | "." | ".."))
}

/// Whether this is an object below the user's own folder.
pub(super) fn is_own(user: Uuid, path: &str) -> bool {
    is_path(path) && path.starts_with(&format!("{user}/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use foyer_contract::CommandError;

    fn picture() -> Picture {
        let pixels = image::RgbImage::from_fn(512, 512, |x, y| {
            image::Rgb([((x * 7) ^ (y * 3)) as u8, ((x * 5) ^ (y * 11)) as u8, (x ^ y) as u8])
        });
        let mut png = std::io::Cursor::new(Vec::new());
        pixels.write_to(&mut png, image::ImageFormat::Png).unwrap();
        foyer_picture::prepare_bytes(png.into_inner(), &Stop::after(DEADLINE)).unwrap()
    }

    /// What a bucket with these rules takes in the end, with or without telling them, and after how many tries.
    fn against(limit: u64, types: &[&str], tells: bool) -> (Result<Encoded, CommandError>, usize) {
        let mut ways = Ways::new(picture());
        for tries in 1.. {
            let encoded = match ways.next() {
                Ok(encoded) => encoded,
                Err(failure) => return (Err(failure.into()), tries - 1),
            };
            let refusal = if !types.contains(&encoded.format.content_type()) {
                ApiError::UnsupportedType
            } else if encoded.bytes.len() as u64 > limit {
                ApiError::PayloadTooLarge
            } else {
                return (Ok(encoded), tries);
            };
            ways.refused(&encoded, refusal).unwrap();
            if tells {
                let types = Some(types.iter().map(|it| (*it).to_owned()).collect());
                ways.learn(&BucketRules { largest: Some(limit), types });
            }
        }
        unreachable!()
    }

    const ALL: &[&str] = &["image/png", "image/jpeg", "image/webp"];

    #[test]
    fn a_project_that_takes_all_gets_the_best_at_once() {
        let (encoded, tries) = against(1 << 20, ALL, false);

        assert_eq!((encoded.unwrap().format, tries), (Format::Jpeg, 1));
    }

    #[test]
    fn a_project_that_takes_no_jpeg_gets_another_format() {
        for tells in [true, false] {
            let webp = against(1 << 20, &["image/png", "image/webp"], tells);
            assert_eq!(webp.0.unwrap().format, Format::WebP);
            let (png, tries) = against(2 << 20, &["image/png"], tells);
            assert_eq!((png.unwrap().format, tries), (Format::Png, if tells { 2 } else { 3 }));
        }
    }

    #[test]
    fn a_project_that_takes_five_kilobytes_gets_a_picture_of_five_kilobytes() {
        for tells in [true, false] {
            let (encoded, tries) = against(5 * 1024, ALL, tells);

            assert!(encoded.unwrap().bytes.len() <= 5 * 1024);
            assert!(if tells { tries == 2 } else { tries < 8 }, "{tries}");
        }
    }

    #[test]
    fn what_a_project_does_not_take_is_said_as_what_it_is() {
        let told = against(500, ALL, true).0.unwrap_err();
        assert_eq!(
            (told.code, told.bytes, told.field),
            (ErrorCode::BucketLimit, Some(500), Some(Field::Avatar))
        );

        let untold = against(500, ALL, false).0.unwrap_err();
        assert_eq!(untold.code, ErrorCode::BucketTooSmall);
        assert!(untold.bytes.is_some_and(|bytes| bytes > 500 && bytes < 4_000), "{untold:?}");

        for tells in [true, false] {
            let formats = against(1 << 20, &["image/gif"], tells).0.unwrap_err();
            assert_eq!((formats.code, formats.bytes), (ErrorCode::BucketFormats, None));
        }
    }

    #[test]
    fn any_other_failure_is_given_back() {
        let mut ways = Ways::new(picture());
        let encoded = ways.next().unwrap();

        assert_eq!(ways.refused(&encoded, ApiError::Forbidden), Err(ApiError::Forbidden));
    }

    #[tokio::test]
    async fn a_preparation_that_is_cancelled_ends_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let [large, small] = ["large.png", "small.png"].map(|name| folder.path().join(name));
        image::RgbImage::new(8000, 8000).save(&large).unwrap();
        image::RgbImage::new(80, 80).save(&small).unwrap();
        let cancelled = Notify::new();
        let prepare = |path: std::path::PathBuf| {
            in_turn(move || foyer_picture::read(&path), foyer_picture::prepare_bytes, &cancelled)
        };
        let begun = std::time::Instant::now();
        cancelled.notify_one();

        let outcome = prepare(large).await;

        assert_eq!(
            outcome.err().map(|failure| failure.code()),
            Some(ErrorCode::Session(SessionErrorCode::Cancelled))
        );
        assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
        // The next one has its turn; a small one, whose deadline no other program's work comes near.
        assert!(prepare(small).await.is_ok());
    }
}
