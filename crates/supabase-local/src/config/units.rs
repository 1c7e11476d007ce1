//! Durations and sizes in the forms that `config.toml` has them.

/// A duration in Go's form, such as "1h30m" or "60s", in whole seconds. Parts of a second are dropped.
pub(crate) fn duration_s(text: &str) -> Result<i64, String> {
    let unknown = || format!("\"{text}\" is not a duration");
    let (mut rest, mut total) = (text, 0.0);
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').ok_or_else(unknown)?;
        let amount: f64 = rest[..digits].parse().map_err(|_| unknown())?;
        let unit_end =
            rest[digits..].find(|c: char| c.is_ascii_digit()).map_or(rest.len(), |unit| digits + unit);
        total += amount
            * match &rest[digits..unit_end] {
                "h" => 3600.0,
                "m" => 60.0,
                "s" => 1.0,
                "ms" => 0.001,
                _ => return Err(unknown()),
            };
        rest = &rest[unit_end..];
    }
    Ok(total as i64)
}

/// A size such as "50MiB" or "1MB" in bytes.
pub(super) fn size_bytes(text: &str) -> Result<u64, String> {
    let unknown = || format!("\"{text}\" is not a size");
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let amount: u64 = text[..digits].parse().map_err(|_| unknown())?;
    let unit = match text[digits..].trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kb" => 1000,
        "kib" => 1 << 10,
        "mb" => 1_000_000,
        "mib" => 1 << 20,
        "gb" => 1_000_000_000,
        "gib" => 1 << 30,
        _ => return Err(unknown()),
    };
    amount.checked_mul(unit).ok_or_else(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_sizes_are_read_in_the_clis_forms() {
        assert_eq!(duration_s("1h30m"), Ok(5400));
        assert_eq!(duration_s("60s"), Ok(60));
        assert!(duration_s("soon").is_err());
        assert_eq!(size_bytes("1MiB"), Ok(1_048_576));
        assert!(size_bytes("large").is_err());
    }
}
