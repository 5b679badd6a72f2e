// Write jose_vectors.json: keys and tokens made by Node's crypto, good ones and wrong ones, with
// what is to come of each. The private keys are made for one run and forgotten.
//
//   node make_jose_vectors.mjs > jose_vectors.json
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';

const text = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
  .toString('base64url');

const rsa = (bits) => generateKeyPairSync('rsa', { modulusLength: bits });
const ec = (curve) => generateKeyPairSync('ec', { namedCurve: curve });
const jwk = (pair, more) => ({ ...pair.publicKey.export({ format: 'jwk' }), ...more });

const r1 = rsa(2048), r2 = rsa(3072), e1 = ec('P-256'), small = rsa(1024), e384 = ec('P-384');
const stranger = rsa(2048);

const payload = '{"sub":"4711","text":"\u00fc"}';
const signers = {
  RS256: (key, input) => sign('sha256', input, key),
  RS384: (key, input) => sign('sha384', input, key),
  PS256: (key, input) => sign('sha256', input, { key, padding: 6, saltLength: 32 }),
  ES256: (key, input) => sign('sha256', input, { key, dsaEncoding: 'ieee-p1363' }),
  DER: (key, input) => sign('sha256', input, key),
  HS256: (key, input) => createHmac('sha256', key).update(input).digest(),
};

function token(header, key, { signer = header.alg, body = payload, raw } = {}) {
  const input = `${text(raw ?? header)}.${text(body)}`;
  return `${input}.${signers[signer](key, Buffer.from(input)).toString('base64url')}`;
}

const cases = [];
const add = (what, result, one) => cases.push({ what, result, token: one });
const parts = (one) => one.split('.');
const turned = (part, at) =>
  part.slice(0, at) + (part[at] === 'A' ? 'B' : 'A') + part.slice(at + 1);

const good = token({ alg: 'RS256', kid: 'r1', typ: 'JWT' }, r1.privateKey);
const goodEc = token({ alg: 'ES256', kid: 'e1' }, e1.privateKey);
const pem = r1.publicKey.export({ type: 'spki', format: 'pem' });

add('RS256', 'ok', good);
add('RS256, the second key', 'ok', token({ alg: 'RS256', kid: 'r2' }, r2.privateKey));
add('ES256', 'ok', goodEc);
add('ES256 without kid, one key fits', 'ok', token({ alg: 'ES256' }, e1.privateKey));
add('same kid on keys of two types, RS256', 'ok',
  token({ alg: 'RS256', kid: 'both' }, r2.privateKey));
add('RS256 without kid, several keys fit', 'no_key', token({ alg: 'RS256' }, r1.privateKey));
add('unknown kid', 'no_key', token({ alg: 'RS256', kid: 'r9' }, r1.privateKey));
add('kid of a key of another type', 'no_key', token({ alg: 'RS256', kid: 'e1' }, r1.privateKey));
add('kid of another type, ES256', 'no_key', token({ alg: 'ES256', kid: 'r1' }, e1.privateKey));
add('kid of a key that is too small', 'no_key',
  token({ alg: 'RS256', kid: 's' }, small.privateKey));
add('kid of a key for encryption', 'no_key', token({ alg: 'RS256', kid: 'enc' }, r1.privateKey));
add('another key under that kid', 'bad', token({ alg: 'RS256', kid: 'r1' }, stranger.privateKey));
add('another key of the set', 'bad', token({ alg: 'RS256', kid: 'r1' }, r2.privateKey));
add('another payload', 'bad', [parts(good)[0], text('{"sub":"1"}'), parts(good)[2]].join('.'));
add('another header', 'bad',
  [text({ alg: 'RS256', kid: 'r1' }), parts(good)[1], parts(good)[2]].join('.'));
add('another signature', 'bad',
  [...parts(good).slice(0, 2), turned(parts(good)[2], 100)].join('.'));
add('another signature, ES256', 'bad',
  [...parts(goodEc).slice(0, 2), turned(parts(goodEc)[2], 10)].join('.'));
add('half a signature', 'bad', good.slice(0, -20));
add('half a signature, ES256', 'bad', goodEc.slice(0, -20));
add('a signature of zeros, ES256', 'bad',
  [...parts(goodEc).slice(0, 2), Buffer.alloc(64).toString('base64url')].join('.'));
add('a signature in DER', 'bad',
  token({ alg: 'ES256', kid: 'e1' }, e1.privateKey, { signer: 'DER' }));
add('no signature', 'bad', [...parts(good).slice(0, 2), ''].join('.'));
add('alg none, no signature', 'bad', `${text({ alg: 'none' })}.${text(payload)}.`);
add('alg none, kid, no signature', 'bad', `${text({ alg: 'none', kid: 'r1' })}.${text(payload)}.`);
add('alg None', 'bad', `${text({ alg: 'None', kid: 'r1' })}.${text(payload)}.${parts(good)[2]}`);
add('no alg', 'bad', `${text({ kid: 'r1' })}.${text(payload)}.${parts(good)[2]}`);
add('alg is no text', 'bad', `${text({ alg: ['RS256'] })}.${text(payload)}.${parts(good)[2]}`);
add('HS256 with the public key as secret', 'bad', token({ alg: 'HS256', kid: 'r1' }, pem));
add('HS256 with the modulus as secret', 'bad',
  token({ alg: 'HS256', kid: 'r1' }, Buffer.from(jwk(r1).n, 'base64url')));
add('HS256 with the published secret', 'bad', token({ alg: 'HS256', kid: 'o' }, 'secret'));
add('RS384', 'bad', token({ alg: 'RS384', kid: 'r1' }, r1.privateKey));
add('PS256', 'bad', token({ alg: 'PS256', kid: 'r1' }, r1.privateKey));
add('a key of its own in the header', 'bad',
  token({ alg: 'RS256', kid: 'r1', jwk: jwk(stranger) }, stranger.privateKey));
add('crit', 'bad', token({ alg: 'RS256', kid: 'r1', crit: ['exp'], exp: 1 }, r1.privateKey));
add('alg twice', 'bad', token({ alg: 'RS256' }, r1.privateKey,
  { raw: '{"alg":"none","kid":"r1","alg":"RS256"}' }));
add('kid is a number', 'bad', token({ alg: 'RS256', kid: 1 }, r1.privateKey));
add('a long kid', 'bad', token({ alg: 'RS256', kid: 'k'.repeat(257) }, r1.privateKey));
add('the header is a list', 'bad', token({ alg: 'RS256' }, r1.privateKey, { raw: '["RS256"]' }));
add('the header is no JSON', 'bad', token({ alg: 'RS256' }, r1.privateKey, { raw: '{"alg":' }));
add('padding', 'bad', `${parts(good)[0]}=.${parts(good)[1]}.${parts(good)[2]}`);
add('padding behind', 'bad', `${good}==`);
add('four parts', 'bad', `${good}.${parts(good)[2]}`);
add('five parts, as if encrypted', 'bad', `${good}.AAAA.AAAA`);
add('two parts', 'bad', parts(good).slice(0, 2).join('.'));
add('empty payload', 'bad', `${parts(good)[0]}..${parts(good)[2]}`);
add('white space', 'bad', ` ${good}`);
add('a line end', 'bad', `${good}\n`);
add('nothing', 'bad', '');
add('dots', 'bad', '..');
add('longer than any', 'bad', token({ alg: 'RS256', kid: 'r1' }, r1.privateKey,
  { body: JSON.stringify({ sub: 'x'.repeat(13000) }) }));

const set = {
  keys: [
    { kty: 'oct', kid: 'o', k: text('secret'), alg: 'HS256' },
    { kty: 'OKP', crv: 'Ed25519', kid: 'ed', x: text('x'.repeat(32)) },
    jwk(small, { kid: 's' }),
    jwk(r1, { kid: 'enc', use: 'enc' }),
    jwk(r1, { kid: 'enc', key_ops: ['wrapKey'] }),
    jwk(r1, { kid: 'r384', alg: 'RS384' }),
    jwk(e384, { kid: 'e384', alg: 'ES384' }),
    { ...jwk(e1), kid: 'off', y: jwk(e1).x },
    'not a key',
    { kty: 'RSA', kid: 'r0' },
    jwk(r1, { kid: 'r1', use: 'sig', alg: 'RS256', x5c: ['AAAA'], more: { is: 'ignored' } }),
    jwk(r2, { kid: 'r2', key_ops: ['verify'] }),
    jwk(r2, { kid: 'both' }),
    jwk(e1, { kid: 'e1', use: 'sig' }),
  ],
};
process.stdout.write(`${JSON.stringify({ payload, usable: 4, set, cases }, null, 1)}\n`);
