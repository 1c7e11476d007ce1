//! Passwords: the project's rules for them, and bcrypt.

use super::error::AuthError;
use crate::config::Config;

/// The longest password in bytes. bcrypt does not read further, so a longer password is refused instead of cut.
const LONGEST: usize = 72;

/// bcrypt's cost. The real server uses 10; a lower one is enough for the invented people of tests, which sign up hundreds
/// of them.
const COST: u32 = 6;

/// Refuses a password that the project's rules do not allow.
///
/// # Errors
/// 400, when the password is too long; 422 `weak_password` with the reasons.
pub(super) fn check_strength(config: &Config, password: &str) -> Result<(), AuthError> {
    if password.len() > LONGEST {
        return Err(AuthError::invalid(format!("Password cannot be longer than {LONGEST} characters")));
    }
    let (mut sentences, mut reasons) = (Vec::new(), Vec::new());
    if password.chars().count() < config.password_min_length {
        sentences.push(format!("Password should be at least {} characters.", config.password_min_length));
        reasons.push("length");
    }
    let sets = &config.password_required_characters;
    if sets.iter().any(|set| !password.chars().any(|character| set.contains(character))) {
        let sets = sets.join(", ");
        sentences.push(format!("Password should contain at least one character of each: {sets}."));
        reasons.push("characters");
    }
    if reasons.is_empty() { Ok(()) } else { Err(AuthError::weak_password(sentences.join(" "), reasons)) }
}

/// The bcrypt hash of `password`, computed on a thread for blocking work.
pub(super) async fn hash(password: String) -> Result<String, AuthError> {
    tokio::task::spawn_blocking(move || bcrypt::hash(password, COST))
        .await
        .map_err(|error| AuthError::unexpected(&error))?
        .map_err(|error| AuthError::unexpected(&error))
}

/// Whether `hash` is a hash of `password`. An unreadable hash is one of no password.
pub(super) async fn verify(password: String, hash: String) -> Result<bool, AuthError> {
    tokio::task::spawn_blocking(move || bcrypt::verify(password, &hash).unwrap_or(false))
        .await
        .map_err(|error| AuthError::unexpected(&error))
}

/// Whether `text` is a hash that [`verify`] can read.
pub(super) fn is_hash(text: &str) -> bool {
    text.parse::<bcrypt::HashParts>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let hashed = hash("Passw0rd!".into()).await.unwrap();

        assert!(is_hash(&hashed) && !is_hash("no hash"));
        assert!(verify("Passw0rd!".into(), hashed.clone()).await.unwrap());
        assert!(!verify("Passw0rd?".into(), hashed).await.unwrap());
        assert!(!verify("x".into(), "no hash".into()).await.unwrap());
    }

    #[test]
    fn a_password_of_72_bytes_passes_and_one_more_does_not() {
        let config = Config::default();

        assert!(check_strength(&config, &"x".repeat(72)).is_ok());
        assert_eq!(check_strength(&config, &"x".repeat(73)).unwrap_err().code, "validation_failed");
    }
}
