import { errorMessage } from "@/lib/base/error_message.ts";
import type { PortSettings } from "./port_settings.ts";

/** A certificate chain and its key, as PEM. */
export interface Certificate {
  cert: string;
  key: string;
}

/**
 * Reads the certificate that the settings name. Rejects if a file cannot be
 * read, is not PEM, or the key does not match the certificate. `node:tls` would
 * accept anything and fail at the first handshake. Only opening a port shows an
 * error, so one is opened on loopback and closed again.
 */
export async function readCertificate(
  { tlsCert, tlsKey }: Pick<PortSettings, "tlsCert" | "tlsKey">,
): Promise<Certificate> {
  const cert = await textOf("CW_TLS_CERT", tlsCert);
  const key = await textOf("CW_TLS_KEY", tlsKey);
  try {
    Deno.listenTls({ hostname: "127.0.0.1", port: 0, cert, key }).close();
  } catch (cause) {
    throw new Error(
      `CW_TLS_CERT and CW_TLS_KEY do not fit together: ${errorMessage(cause)}`,
      { cause },
    );
  }
  return { cert, key };
}

async function textOf(name: string, file: string): Promise<string> {
  try {
    return await Deno.readTextFile(file);
  } catch (cause) {
    throw new Error(`${name} cannot be read: ${errorMessage(cause)}`, {
      cause,
    });
  }
}
