// What a certificate is made of, of @peculiar/x509, and what that package asks for first. In a file of its
// own, which is loaded when it is needed: both take a tenth of a second. By name, since the parts of a
// CommonJS package in a bundle are not known when the whole of it is loaded later.
import "reflect-metadata";

export {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";
