import * as v from "valibot";
import type { PbxUser } from "@/lib/model/account.ts";

/** The keys of accounts. */
export const accountKey = {
  one: (id: string) => ["account", id],
  all: { prefix: ["account"] },
  byName: (name: string) => ["account_by_name", name],
  byPbxUser: ({ domain, id }: PbxUser) => ["account_by_pbx_user", domain, id],
  password: (id: string) => ["account_password", id],
  /** Ids of all admins. Each commit that changes them checks it. */
  admins: ["account_admins"],
};

export const Id = v.string();
export const Ids = v.array(Id);
export const PasswordHash = v.string();
