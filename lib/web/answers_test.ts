import { deepEqual, equal } from "node:assert/strict";
import { err, ok } from "@/lib/base/result.ts";
import { refuse, refuseSave } from "./api_errors.ts";
import { refuseMyApps } from "./my_apps_answers.ts";
import { accountView, savedAccount } from "./own_account.ts";
import { pictureResponse, uploadedPicture } from "./picture_files.ts";

const STATUS = {
  invalid: 400,
  "signed-out": 401,
  forbidden: 403,
  "must-change-password": 403,
  "not-found": 404,
  conflict: 409,
  exists: 409,
  "last-admin": 409,
  "too-many": 409,
  "too-big": 413,
  "not-a-picture": 415,
  throttled: 429,
  internal: 500,
  unavailable: 503,
} as const;

const MY_APPS_STATUS = {
  unreadable: 400,
  challenge: 401,
  digest: 401,
  denied: 403,
  "no-password": 409,
  "too-many": 409,
  throttled: 429,
  unavailable: 503,
} as const;

type Key<Of extends object> = keyof Of & string;
const keys = <Of extends object>(of: Of) => Object.keys(of) as Key<Of>[];

Deno.test("each reason of the API has its HTTP status, and isn't cached", () => {
  for (const reason of keys(STATUS)) {
    const { status, headers } = refuse({ reason });

    equal(status, STATUS[reason], reason);
    equal(headers.get("cache-control"), "no-store");
    equal(headers.has("retry-after"), false);
  }
});

Deno.test("each reason of myApps has its HTTP status, and isn't cached", () => {
  for (const reason of keys(MY_APPS_STATUS)) {
    const { status, headers } = refuseMyApps({ reason });

    equal(status, MY_APPS_STATUS[reason], reason);
    equal(headers.get("cache-control"), "no-store");
    equal(headers.has("retry-after"), false);
  }
});

Deno.test("a throttled client learns when to try again", () => {
  const answers = [
    refuse({ reason: "throttled", retryAfter: 30 }),
    refuseMyApps({ reason: "throttled", retryAfter: 30 }),
  ];

  deepEqual(answers.map(({ headers }) => headers.get("retry-after")), [
    "30",
    "30",
  ]);
});

Deno.test("a widget that can't be saved because of a picture names its field", async () => {
  const picture = refuseSave({ reason: "no-picture", agent: 2 });
  const other = refuseSave({ reason: "not-found" });

  equal(picture.status, 400);
  deepEqual(await picture.json(), {
    reason: "invalid",
    field: "content.agents.2.picture",
    text: "must be uploaded again",
  });
  equal(other.status, 404);
});

type Account = Parameters<typeof accountView>[0];
const ACCOUNT = { name: "ada", displayName: "Ada" } as Account;

Deno.test("a view of one's own account has a picture and a language only if they are chosen", () => {
  const picture = "p1" as NonNullable<Account["picture"]>;

  deepEqual(accountView(ACCOUNT), { name: "ada", displayName: "Ada" });
  deepEqual(accountView({ ...ACCOUNT, picture, language: "de" }), {
    name: "ada",
    displayName: "Ada",
    picture: "p1",
    language: "de",
  });
});

Deno.test("a change of one's own account is answered with the account, or with why not", async () => {
  const saved = savedAccount(ok(ACCOUNT));
  const gone = savedAccount(err({ reason: "not-found" }));
  const picture = savedAccount(err({ reason: "no-picture" }));

  deepEqual([saved, gone, picture].map(({ status }) => status), [
    200,
    404,
    400,
  ]);
  equal((await saved.json()).name, "ada");
  equal((await picture.json()).field, "picture");
});

type Pictures = Parameters<typeof uploadedPicture>[1]["pictures"];

/** Uploads bytes to a store that answers with `taken`. */
async function upload(taken: unknown, bytes = new Uint8Array(8)) {
  const accept = () => Promise.resolve(taken);
  const request = new Request("http://x", { method: "POST", body: bytes });
  const pictures = { accept } as unknown as Pictures;
  const uploaded = await uploadedPicture(request, { pictures });
  if (uploaded.ok) return uploaded.value;
  const { reason, text } = await uploaded.error.json();
  return [uploaded.error.status, reason, text];
}

Deno.test("an uploaded picture gets an id, or a reason that its sender understands", async () => {
  const tooBig = { reason: "too-big", text: "must have at most 1 byte" };
  const wrong = { reason: "not-a-picture", why: "is a film" };

  equal(await upload(ok("p1")), "p1");
  deepEqual(await upload(err(tooBig)), [413, "too-big", tooBig.text]);
  deepEqual(await upload(err(wrong)), [
    415,
    "not-a-picture",
    "must be a still JPEG, PNG or WebP of at most 1024 x 1024 px; " +
    "this is a film",
  ]);
});

Deno.test("a picture that is too long for a picture isn't looked at", async () => {
  const [status, reason] = await upload(
    ok("p1"),
    new Uint8Array(60_001),
  );

  deepEqual([status, reason], [413, "too-big"]);
});

Deno.test("a picture can be kept for a year, as its address never has another one", async () => {
  type Picture = NonNullable<Parameters<typeof pictureResponse>[0]>;
  const picture = { type: "image/png", bytes: new Uint8Array([1, 2]) };
  const { headers, body } = pictureResponse(picture as Picture);
  await body?.cancel();

  equal(
    headers.get("cache-control"),
    "private, max-age=31536000, immutable",
  );
  equal(headers.get("content-type"), "image/png");
  equal(headers.get("x-content-type-options"), "nosniff");
  equal(pictureResponse(undefined).status, 404);
});
