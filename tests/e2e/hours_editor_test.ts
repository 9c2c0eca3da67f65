import { deepEqual, equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Locator, Page } from "playwright-core";
import { audit } from "@/tests/support/axe.ts";
