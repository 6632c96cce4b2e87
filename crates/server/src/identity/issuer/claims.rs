//! What an issuer says about somebody, once every check of its word is done.

use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{
    CoreClient, CoreClientAuthMethod, CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier,
    CoreJwsSigningAlgorithm, CoreTokenResponse,
};
use openidconnect::{
    AccessTokenHash, AuthType, AuthorizationCode, ClaimsVerificationError, Nonce,
    OAuth2TokenResponse as _, PkceCodeVerifier, TokenResponse as _,
};

use super::{Issuer, LOOK_AGAIN, PUBLISHED, Published, Refused, Remembered, why};

/// What an issuer says about somebody.
pub(super) struct Claims {
    /// Its name for them.
    pub(super) subject: String,
    /// The address it has verified.
    pub(super) email: String,
    /// They showed it who they are in two ways.
    pub(super) two_factors: bool,
}

/// Signatures with a key that the issuer publishes; none, or one with a shared secret, is not among them.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Clocks of two houses differ by so much.
const CLOCKS: SignedDuration = SignedDuration::from_mins(5);
/// So old a statement may be: it was made for this moment.
const OLDEST: SignedDuration = SignedDuration::from_mins(10);

impl Issuer {
    /// Exchanges a code for what the issuer says, and checks every word of it. Blocks.
    pub(super) fn claims(
        &self,
        code: &str,
        remembered: &Remembered,
        now: Timestamp,
    ) -> Result<Claims, Refused> {
        let published = self.published(PUBLISHED, now)?;
        let answer = self.exchange(&published, code, remembered)?;
        let token = answer.id_token().ok_or_else(|| Refused::Issuer {
            why: "it sent no ID token".to_owned(),
        })?;
        match self.checked(&published, &answer, token, remembered, now) {
            // Keys change. Whoever sends tokens with made-up keys does not make us ask again and again.
            Err(Trouble::Signature(_)) => {
                let published = self.published(LOOK_AGAIN, now)?;
                self.checked(&published, &answer, token, remembered, now)
                    .map_err(Trouble::refused)
            }
            checked => checked.map_err(Trouble::refused),
        }
    }

    fn exchange(
        &self,
        published: &Published,
        code: &str,
        remembered: &Remembered,
    ) -> Result<CoreTokenResponse, Refused> {
        let methods = published.metadata.token_endpoint_auth_methods_supported();
        // Basic is what holds where nothing is said.
        let posts = methods.is_some_and(|methods| {
            methods.contains(&CoreClientAuthMethod::ClientSecretPost)
                && !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        let client = CoreClient::from_provider_metadata(
            (*published.metadata).clone(),
            self.client_id(),
            self.client_secret(),
        )
        .set_redirect_uri(self.returns_to.clone())
        .set_auth_type(if posts {
            AuthType::RequestBody
        } else {
            AuthType::BasicAuth
        });
        let ask = |request| self.web.ask(request);
        client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| why("where it gives tokens", &error))?
            .set_pkce_verifier(PkceCodeVerifier::new(remembered.verifier.clone()))
            .request(&ask)
            .map_err(|error| why("the token", &error))
    }

    fn checked(
        &self,
        published: &Published,
        answer: &CoreTokenResponse,
        token: &CoreIdToken,
        remembered: &Remembered,
        now: Timestamp,
    ) -> Result<Claims, Trouble> {
        let seconds = now.as_second();
        let today = chrono::DateTime::from_timestamp(seconds, 0)
            .ok_or_else(|| Trouble::Other("this moment has no date".to_owned()))?;
        let verifier = CoreIdTokenVerifier::new_public_client(
            self.client_id(),
            self.url.clone(),
            published.metadata.jwks().clone(),
        )
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || today)
        .set_issue_time_verifier_fn(move |issued| {
            let age = SignedDuration::from_secs(seconds.saturating_sub(issued.timestamp()));
            if age > OLDEST || age < -CLOCKS {
                return Err("it was not issued for this moment".to_owned());
            }
            Ok(())
        });
        let nonce = Nonce::new(remembered.nonce.clone());
        let claims = token.claims(&verifier, &nonce).map_err(Trouble::of)?;
        if let Some(expected) = claims.access_token_hash() {
            let other = |error: &dyn std::error::Error| Trouble::Other(error.to_string());
            let algorithm = token.signing_alg().map_err(|error| other(&error))?;
            let key = token
                .signing_key(&verifier)
                .map_err(|error| other(&error))?;
            let found = AccessTokenHash::from_token(answer.access_token(), algorithm, key)
                .map_err(|error| other(&error))?;
            if found != *expected {
                return Err(Trouble::Other("the access token is another".to_owned()));
            }
        }
        Claims::of(claims)
    }
}

impl Claims {
    fn of(claims: &CoreIdTokenClaims) -> Result<Self, Trouble> {
        let verified = claims.email_verified() == Some(true);
        let email = claims.email().filter(|_| verified).ok_or_else(|| {
            Trouble::Other(
                "it names no e-mail address that it has verified; it must be asked to send `email` and `email_verified`".to_owned(),
            )
        })?;
        let two = |method: &openidconnect::AuthenticationMethodReference| method.as_str() == "mfa";
        Ok(Self {
            subject: claims.subject().to_string(),
            email: email.to_string(),
            two_factors: claims
                .auth_method_refs()
                .is_some_and(|methods| methods.iter().any(two)),
        })
    }
}

/// Why an issuer's word is not taken.
enum Trouble {
    /// No key that was published signed it.
    Signature(String),
    Other(String),
}

impl Trouble {
    fn of(error: ClaimsVerificationError) -> Self {
        match error {
            ClaimsVerificationError::SignatureVerification(why) => Self::Signature(why.to_string()),
            other => Self::Other(other.to_string()),
        }
    }

    fn refused(self) -> Refused {
        let (Self::Signature(why) | Self::Other(why)) = self;
        Refused::Issuer {
            why: format!("the ID token: {why}"),
        }
    }
}
