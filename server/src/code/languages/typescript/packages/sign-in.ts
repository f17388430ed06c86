// Owns the names of passport's strategies that send people elsewhere to sign in. It must not know frameworks.

/** Strategies that send people to another service to sign in, by their name or that of their package: no security of an operation. */
export const signsInElsewhere =
  /google|github|gitlab|bitbucket|facebook|twitter|linkedin|discord|apple|microsoft|azure-?ad-oauth|auth0|okta|kakao|naver|\bline\b|slack|spotify|steam|twitch|vkontakte|oauth2|openid|oidc|saml/i;
