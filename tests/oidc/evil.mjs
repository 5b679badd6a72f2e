// A provider that lies as it is told, on a free port of 127.0.0.1. Signs everybody in at once.
//
//   node evil.mjs [HOST]      prints its issuer, http://HOST:PORT, when it listens
//
// POST /mode {...} sets how it lies from then on (all is right when {}):
//   claims     put over those of the ID token; null takes one out
//   userinfo   put over those of the userinfo endpoint
//   header     put over the token's header
//   sign       "RS256", "ES256", "none", "stranger", "hmac-pem", "hmac-modulus", "broken"
//   rotate     true: a new key under a new kid from now on
//   metadata   put over the discovery document
//   back       put over the query that the browser is sent back with
//   answer     {PATH: {status, type, body, size, headers, silent}}: instead of what PATH answers
// GET /seen tells what was asked: {paths: {PATH: count}, token: {headers, form}}.
import { createHash, createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createServer } from 'node:http';

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = rsa();
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
let key = rsa(), kid = 'k1';
let mode = {}, seen = { paths: {} };
const codes = new Map();
const issuerOf = () => `http://${process.argv[2] ?? '127.0.0.1'}:${server.address().port}`;

const encode = (value) => Buffer.from(value).toString('base64url');
const publish = (pair, more) =>
  ({ ...pair.publicKey.export({ format: 'jwk' }), use: 'sig', ...more });

const merge = (base, over) => {
  const all = { ...base, ...over };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
};

function signature(how, input) {
  const pem = key.publicKey.export({ type: 'spki', format: 'pem' });
  const modulus = Buffer.from(key.publicKey.export({ format: 'jwk' }).n, 'base64url');
  switch (how) {
    case 'none': return '';
    case 'ES256': return sign('sha256', input, { key: ec.privateKey, dsaEncoding: 'ieee-p1363' });
    case 'stranger': return sign('sha256', input, stranger.privateKey);
    case 'hmac-pem': return createHmac('sha256', pem).update(input).digest();
    case 'hmac-modulus': return createHmac('sha256', modulus).update(input).digest();
    case 'broken': return sign('sha256', Buffer.concat([input, input]), key.privateKey);
    default: return sign('sha256', input, key.privateKey);
  }
}

function idToken(issuer, begun) {
  const how = mode.sign ?? 'RS256';
  const now = Math.floor(Date.now() / 1000);
  const alg = { none: 'none', ES256: 'ES256', 'hmac-pem': 'HS256', 'hmac-modulus': 'HS256' }[how];
  const header = merge({ alg: alg ?? 'RS256', kid: how === 'ES256' ? 'ec' : kid }, mode.header);
  const claims = merge({
    iss: issuer, sub: 'u-1', aud: begun.client_id, iat: now, exp: now + 300, nonce: begun.nonce,
    email: 'ann@msp.example', email_verified: true,
  }, mode.claims);
  const input = `${encode(JSON.stringify(header))}.${encode(JSON.stringify(claims))}`;
  return `${input}.${encode(signature(how, Buffer.from(input)))}`;
}

const server = createServer(async (request, response) => {
  const issuer = issuerOf();
  const url = new URL(request.url, issuer);
  let body = '';
  for await (const chunk of request) body += chunk;
  const json = (value, status = 200) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };
  if (url.pathname === '/mode') {
    mode = JSON.parse(body);
    if (mode.rotate) {
      key = rsa();
      kid = `k${randomBytes(4).toString('hex')}`;
    }
    seen = { paths: {} };
    return json({});
  }
  if (url.pathname === '/seen') return json(seen);
  seen.paths[url.pathname] = (seen.paths[url.pathname] ?? 0) + 1;
  const lie = mode.answer?.[url.pathname];
  if (lie?.silent) return undefined;
  if (lie) {
    response.writeHead(lie.status ?? 200,
      { 'content-type': lie.type ?? 'application/json', ...lie.headers });
    return response.end(lie.size ? 'x'.repeat(lie.size) : lie.body ?? '');
  }
  switch (url.pathname) {
    case '/.well-known/openid-configuration':
      return json(merge({
        issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`, userinfo_endpoint: `${issuer}/userinfo`,
        response_types_supported: ['code'], subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      }, mode.metadata));
    case '/jwks':
      return json({ keys: [publish(key, { kid }), publish(ec, { kid: 'ec' })] });
    case '/authorize': {
      const asked = Object.fromEntries(url.searchParams);
      const code = randomBytes(16).toString('base64url');
      codes.set(code, asked);
      const back = new URL(asked.redirect_uri);
      back.search = new URLSearchParams(merge({ code, state: asked.state }, mode.back)).toString();
      response.writeHead(302, { location: back.href });
      return response.end();
    }
    case '/token': {
      const form = Object.fromEntries(new URLSearchParams(body));
      const begun = codes.get(form.code);
      const challenge = createHash('sha256').update(form.code_verifier ?? '').digest('base64url');
      codes.delete(form.code);
      seen.token = { headers: request.headers, form };
      if (!begun || challenge !== begun.code_challenge || begun.redirect_uri !== form.redirect_uri)
        return json({ error: 'invalid_grant' }, 400);
      return json({
        access_token: 'a-token', token_type: 'Bearer', id_token: idToken(issuer, begun),
      });
    }
    case '/userinfo':
      seen.bearer = request.headers.authorization;
      return json(merge({ sub: 'u-1', email: 'ann@msp.example', email_verified: true },
        mode.userinfo));
    default:
      return json({ error: 'not_found' }, 404);
  }
});
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`${issuerOf()}\n`));
