// A real provider (npm oidc-provider) on a free port of 127.0.0.1, with its own pages for signing
// in: any name goes, and is the email.
//
//   node provider.mjs REDIRECT_URI OPTIONS
//
// OPTIONS is JSON: {"alg": "RS256|ES256", "auth": "client_secret_basic|...", "inToken": bool,
// "verified": bool}. Prints its issuer when it listens.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [redirectUri, json] = process.argv.slice(2);
const { alg, auth, inToken, verified } = JSON.parse(json);
const key = (type, options, more) =>
  ({ ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }), ...more });

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const client = {
    client_id: 'parley test',
    redirect_uris: [redirectUri],
    token_endpoint_auth_method: auth,
    id_token_signed_response_alg: alg,
  };
  if (auth !== 'none') client.client_secret = 's3cret/with+marks:%&=';
  const provider = new Provider(issuer, {
    clients: [client],
    jwks: {
      keys: [
        key('rsa', { modulusLength: 2048 }, { use: 'sig', kid: 'one' }),
        key('ec', { namedCurve: 'P-256' }, { use: 'sig', kid: 'two' }),
      ],
    },
    clientAuthMethods: [auth],
    pkce: { required: () => true, methods: ['S256'] },
    conformIdTokenClaims: !inToken,
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    cookies: { keys: ['of this run'] },
    findAccount: (ctx, id) => ({
      accountId: id,
      claims: () => ({ sub: `sub-of-${id}`, email: id, email_verified: verified }),
    }),
  });
  server.on('request', provider.callback());
  process.stdout.write(`${issuer}\n`);
});
