//! The `file_size_limit` of a request for a bucket: a number of bytes, such a number as text, or a size such as `1.5MB`.

use serde_json::Value;

use super::error::StorageError;

/// The form of a size in the real server's schema, which quotes it in its refusal.
const PATTERN: &str = r"^[0-9]+(?:\.[0-9]+)?(?:[gG][bB]|[mM][bB]|[kK][bB]|[bB])$";

/// The limit in bytes that `wanted` means, `None` when an empty text stands for none.
///
/// # Errors
/// `InvalidRequest`, when `wanted` is no size; `EntityTooLarge`, when it is more than `project_limit`.
pub(super) fn limit_bytes(wanted: &Value, project_limit: u64) -> Result<Option<u64>, StorageError> {
    if wanted.as_str() == Some("") {
        return Ok(None);
    }
    let bytes = number(wanted).and_then(whole).or_else(|| size(wanted.as_str()?));
    let bytes = bytes.ok_or_else(|| no_size(wanted))?;
    if bytes > project_limit { Err(StorageError::too_large()) } else { Ok(Some(bytes)) }
}

/// The number that `wanted` is, or that its text is.
fn number(wanted: &Value) -> Option<f64> {
    match wanted {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// `amount` as a number of bytes, when it is one.
fn whole(amount: f64) -> Option<u64> {
    (amount >= 0.0 && amount.fract() == 0.0).then_some(amount as u64)
}

/// The bytes of a size with a unit, as `parseFileSizeToBytes` of the real server reads it.
fn size(text: &str) -> Option<u64> {
    let unit_start = text.find(|character: char| character.is_ascii_alphabetic())?;
    let (amount, unit) = text.split_at(unit_start);
    let unit = match unit.to_ascii_lowercase().as_str() {
        "gb" => 1e9,
        "mb" => 1e6,
        "kb" => 1e3,
        "b" => 1.0,
        _ => return None,
    };
    let are_digits = |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    let (before, after) = amount.split_once('.').unwrap_or((amount, "0"));
    if !are_digits(before) || !are_digits(after) {
        return None;
    }
    let amount: f64 = amount.parse().ok()?;
    Some((three_digits(amount) * unit).round() as u64)
}

/// `amount` with its first three digits only, rounded: the real server drops the others.
fn three_digits(amount: f64) -> f64 {
    if amount <= 0.0 {
        return 0.0;
    }
    let step = 10_f64.powf(amount.log10().floor() - 2.0);
    (amount / step).round() * step
}

/// The refusal of what is no size. It says of each form, the number and the text, why it is not the one.
fn no_size(wanted: &Value) -> StorageError {
    let is_negative = number(wanted).is_some_and(|number| number < 0.0 && number.fract() == 0.0);
    let as_number = if is_negative { "must be >= 0" } else { "must be integer" };
    let as_text = if wanted.is_number() || wanted.is_string() {
        format!("must match pattern \"{PATTERN}\"")
    } else {
        "must be string".to_owned()
    };
    let field = "body/file_size_limit";
    StorageError::invalid_request(format!(
        "{field} {as_number}, {field} {as_text}, {field} must match a schema in anyOf"
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const PROJECT_LIMIT: u64 = 3_000_000_000;

    fn bytes(wanted: &Value) -> Option<u64> {
        limit_bytes(wanted, PROJECT_LIMIT).ok().flatten()
    }

    #[test]
    fn a_limit_is_a_number_or_a_size() {
        for (wanted, expected) in [
            (json!(0), 0),
            (json!(1000), 1000),
            (json!("1048576"), 1_048_576),
            (json!("10B"), 10),
            (json!("500KB"), 500_000),
            (json!("10kb"), 10_000),
            (json!("1MB"), 1_000_000),
            (json!("1.5gb"), 1_500_000_000),
            (json!("2GB"), 2_000_000_000),
            // Three digits count.
            (json!("1048576B"), 1_050_000),
            (json!("1125KB"), 1_130_000),
        ] {
            assert_eq!(bytes(&wanted), Some(expected), "{wanted}");
        }
        assert!(matches!(limit_bytes(&json!(""), PROJECT_LIMIT), Ok(None)));
    }

    #[test]
    fn what_is_no_size_is_refused() {
        for wanted in [
            json!("10 B"),
            json!("MB"),
            json!("1.MB"),
            json!(".5MB"),
            json!("1MiB"),
            json!("-1MB"),
            json!("1e3MB"),
            json!("large"),
            json!("inf"),
            json!("nan"),
            json!("1.5"),
            json!(-1),
            json!(1.5),
            json!({}),
            json!(["1MB", "2MB"]),
        ] {
            assert!(limit_bytes(&wanted, PROJECT_LIMIT).is_err(), "{wanted}");
        }
    }

    #[test]
    fn a_limit_above_the_projects_is_refused() {
        assert!(limit_bytes(&json!("3GB"), PROJECT_LIMIT).is_ok());
        assert!(limit_bytes(&json!("3.01GB"), PROJECT_LIMIT).is_err());
        assert!(limit_bytes(&json!(3_000_000_001_u64), PROJECT_LIMIT).is_err());
    }
}
