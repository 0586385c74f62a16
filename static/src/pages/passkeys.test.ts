import { describe, expect, test } from "vitest";
import { base64url, bytesOf, written } from "./passkeys";

describe("bytes on the wire", () => {
  test("base64url needs no padding and comes back as it went", () => {
    const bytes = new Uint8Array([0, 250, 251, 252, 253, 254, 255]);
    expect(base64url(bytes.buffer)).toBe("APr7_P3-_w");
    expect([...bytesOf("APr7_P3-_w")]).toEqual([...bytes]);
  });

  test("a credential is written with what its response holds, and nothing it does not", () => {
    const given = {
      id: "AQ",
      rawId: new Uint8Array([1]).buffer,
      type: "public-key",
      authenticatorAttachment: null,
      getClientExtensionResults: () => ({ credProps: { rk: true } }),
      response: { clientDataJSON: new Uint8Array([2]).buffer, signature: new Uint8Array([3]).buffer, userHandle: null },
    };
    expect(JSON.parse(written(given as unknown as PublicKeyCredential))).toEqual({
      id: "AQ",
      rawId: "AQ",
      type: "public-key",
      authenticatorAttachment: null,
      clientExtensionResults: { credProps: { rk: true } },
      response: { clientDataJSON: "Ag", signature: "Aw" },
    });
  });
});
