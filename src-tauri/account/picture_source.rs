//! Where the picture lies that a row names. What stands in the row is free text of whoever wrote it: a path in the bucket,
//! an address that another app of the project or a provider wrote, or anything else.

use foyer_public_fetch::checked_address;
use percent_encoding::percent_decode_str;
use url::Url;

use super::avatar::BUCKET;
use super::picture::is_path;

/// The ways on which Storage serves an object, with a part of its path for each.
const SERVED_AS: [&str; 6] = [
    "object/public",
    "object/sign",
    "object/authenticated",
    "render/image/public",
    "render/image/sign",
    "render/image/authenticated",
];

/// Where a picture lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PictureSource {
    /// In the project's Storage.
    Object {
        /// The bucket's name.
        bucket: String,
        /// The path in it.
        path: String,
    },
    /// At an address of the public internet, as a provider has written it.
    Remote,
    /// Nowhere that is asked.
    Nowhere,
}

impl PictureSource {
    /// Whether it lies in the project's Storage.
    pub(super) fn is_object(&self) -> bool {
        matches!(self, Self::Object { .. })
    }

    /// Where the picture lies that a row of this project names by this text.
    pub(super) fn of(text: &str, project: &Url) -> Self {
        if is_path(text) {
            return Self::Object { bucket: BUCKET.to_owned(), path: text.to_owned() };
        }
        let stored = Url::parse(text).ok().and_then(|address| in_storage(&address, project));
        match stored {
            Some(object) => object,
            None if checked_address(text).is_ok() => Self::Remote,
            None => Self::Nowhere,
        }
    }
}

/// The object that an address of the project's own Storage leads to: the way and the token in it are left out, and the
/// object is read as whoever is signed in.
fn in_storage(address: &Url, project: &Url) -> Option<PictureSource> {
    if address.origin() != project.origin() {
        return None;
    }
    let base = format!("{}/storage/v1/", project.path().trim_end_matches('/'));
    let way = address.path().strip_prefix(&base)?;
    let object = SERVED_AS.iter().find_map(|served| way.strip_prefix(served)?.strip_prefix('/'))?;
    let (bucket, path) = object.split_once('/')?;
    let decoded = |part: &str| percent_decode_str(part).decode_utf8().ok().map(|text| text.into_owned());
    let (bucket, path) = (decoded(bucket)?, decoded(path)?);
    let is_object = is_path(&path) && is_path(&bucket) && !bucket.contains('/');
    Some(if is_object { PictureSource::Object { bucket, path } } else { PictureSource::Nowhere })
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "6f1c7a0e-0000-4000-8000-000000000001/face.webp";

    fn of(text: &str, project: &str) -> PictureSource {
        PictureSource::of(text, &project.parse().unwrap())
    }

    fn object(bucket: &str, path: &str) -> PictureSource {
        PictureSource::Object { bucket: bucket.to_owned(), path: path.to_owned() }
    }

    #[test]
    fn a_path_is_an_object_of_the_avatars_bucket() {
        for path in [OWN, "face.png", "ada/ä face.png"] {
            assert_eq!(of(path, "https://abcd.supabase.co"), object("avatars", path));
        }
    }

    #[test]
    fn an_address_of_the_projects_own_storage_is_an_object_without_its_token() {
        for (project, base) in [
            ("https://abcd.supabase.co", "https://abcd.supabase.co"),
            ("https://abcd.supabase.co/", "https://ABCD.supabase.co:443"),
            ("https://example.com/supabase/", "https://example.com/supabase"),
            ("http://127.0.0.1:54321", "http://127.0.0.1:54321"),
        ] {
            for way in SERVED_AS {
                let address = format!("{base}/storage/v1/{way}/avatars/{OWN}?token=eyJ.a.b&width=96#x");
                assert_eq!(of(&address, project), object("avatars", OWN), "{address}");
            }
        }
        let spaced = "https://abcd.supabase.co/storage/v1/object/public/team%20photos/a%20b/%C3%A4.png";
        assert_eq!(of(spaced, "https://abcd.supabase.co"), object("team photos", "a b/ä.png"));
    }

    #[test]
    fn an_address_that_leaves_its_bucket_is_nowhere() {
        for way in [
            "object/public/avatars/a/%2e%2e/%2e%2e/secret.png",
            "object/public/avatars/a%2F..%2Fb.png",
            "object/public/avatars//a.png",
            "object/public/avatars/",
            "object/public/a%2Fb/c.png",
            "object/public/avatars/a%3Fb.png",
            "object/public/avatars/%FF.png",
        ] {
            let address = format!("https://abcd.supabase.co/storage/v1/{way}");
            let found = of(&address, "https://abcd.supabase.co");
            assert!(!matches!(found, PictureSource::Object { .. }), "{way}: {found:?}");
        }
    }

    #[test]
    fn an_address_elsewhere_is_remote_and_what_is_none_is_nowhere() {
        let project = "https://abcd.supabase.co";
        for remote in [
            "https://lh3.googleusercontent.com/a/AbC=s96-c",
            "https://avatars.githubusercontent.com/u/1?v=4",
            "https://efgh.supabase.co/storage/v1/object/public/avatars/a.png",
            "https://abcd.supabase.co.example.com/storage/v1/object/public/avatars/a.png",
        ] {
            assert_eq!(of(remote, project), PictureSource::Remote, "{remote}");
        }
        for nowhere in [
            "",
            "/a.png",
            "../x",
            "a/../b",
            "a\\b",
            "a?b",
            "http://lh3.googleusercontent.com/a",
            "http://abcd.supabase.co/storage/v1/object/public/avatars/a.png",
            "https://127.0.0.1/a.png",
            "https://ada:secret@example.com/a.png",
            "https://localhost./a.png",
            "data:image/png;base64,AAAA",
            "javascript:alert(1)",
        ] {
            assert_eq!(of(nowhere, project), PictureSource::Nowhere, "{nowhere}");
        }
    }
}
