import { nkeys } from "@nats-io/transport-node";

type KeyPair = ReturnType<typeof nkeys.createUser>;

/** Returns a file of NATS creds, and the configuration of a server that accepts
 * it. */
export function natsCreds(): { config: string; creds: string } {
  const [operator, account, user] = [
    nkeys.createOperator(),
    nkeys.createAccount(),
    nkeys.createUser(),
  ];
  const anything = { subs: -1, data: -1, payload: -1 };
  const accountToken = token(account, operator, {
    type: "account",
    limits: {
      ...anything,
      conn: -1,
      imports: -1,
      exports: -1,
      wildcards: true,
    },
  });
  const userToken = token(user, account, { type: "user", ...anything });
  return {
    config: `operator: "${token(operator, operator, { type: "operator" })}"
      resolver: MEMORY
      resolver_preload: { ${account.getPublicKey()}: "${accountToken}" }`,
    creds: `-----BEGIN NATS USER JWT-----
${userToken}
------END NATS USER JWT------

-----BEGIN USER NKEY SEED-----
${new TextDecoder().decode(user.getSeed())}
------END USER NKEY SEED------
`,
  };
}

/** Returns a signed token about a key. */
function token(subject: KeyPair, issuer: KeyPair, nats: object): string {
  const claims = {
    jti: crypto.randomUUID(),
    iat: Math.floor(Date.now() / 1_000),
    iss: issuer.getPublicKey(),
    name: "test",
    sub: subject.getPublicKey(),
    nats: { ...nats, version: 2 },
  };
  const parts = [{ typ: "JWT", alg: "ed25519-nkey" }, claims].map((part) =>
    base64(new TextEncoder().encode(JSON.stringify(part)))
  ).join(".");
  const signature = issuer.sign(new TextEncoder().encode(parts));
  return `${parts}.${base64(signature)}`;
}

function base64(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}
