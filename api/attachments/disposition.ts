/**
 * `Content-Disposition` of a download, for any file name: in ASCII for old readers, and whole (RFC 6266, RFC 8187).
 * Nothing of the name can end the quotes or the header line.
 */
export function dispositionOf(name: string): string {
  // Half a surrogate pair cannot be encoded.
  const whole = name.replaceAll(/\p{Surrogate}/gu, '\ufffd');
  // Neither quotes nor backslashes, nor %, which some readers decode here too.
  const ascii = whole.replaceAll(/[^\x20-\x7e]|["\\%]/gu, '_');
  const encoded = encodeURIComponent(whole).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
