import { SERVER_ADDRESS } from "./lab.ts";
import type { VpnClient } from "./vpn-client.ts";

const SCRIPT = "/run/stateful-only.pl";

/**
 * Stands between pppd and pptp, which speak HDLC (RFC 1662 §4) to each other, and answers each CCP
 * Configure-Request for stateless MPPE of one length by a Nak that asks for stateful. All else passes as it
 * is.
 */
const PROGRAM = String.raw`
use strict;
use Socket;
my @fcs = map { my $v = $_; $v = $v & 1 ? ($v >> 1) ^ 0x8408 : $v >> 1 for 1 .. 8; $v } 0 .. 255;
sub framed {
  my ($octets) = @_;
  my $sum = 0xffff;
  $sum = ($sum >> 8) ^ $fcs[($sum ^ $_) & 0xff] for unpack "C*", $octets;
  $octets .= pack "v", $sum ^ 0xffff;
  $octets =~ s/([\x00-\x1f\x7d\x7e])/"\x7d" . chr(ord($1) ^ 0x20)/seg;
  return "\x7e$octets\x7e";
}
sub nak {
  my ($frame) = @_;
  return if length $frame > 60;
  $frame =~ s/\x7d(.)/chr(ord($1) ^ 0x20)/seg;
  return unless $frame =~ /^(?:\xff\x03)?\x80\xfd\x01(.)\x00\x0a\x12\x06\x01(\x00\x00[\x20\x40\x80])..$/s;
  return framed("\xff\x03\x80\xfd\x03$1\x00\x0a\x12\x06\x00$2");
}
sub put {
  my ($to, $octets) = @_;
  while (length $octets) { substr($octets, 0, (syswrite($to, $octets) or exit)) = "" }
}
socketpair(my $near, my $far, AF_UNIX, SOCK_STREAM, PF_UNSPEC) or die;
unless (fork) {
  open STDIN, "<&", $far;
  open STDOUT, ">&", $far;
  close $near;
  exec qw(pptp ${SERVER_ADDRESS} --nolaunchpppd --loglevel 2);
}
close $far;
my %sides = (0 => [*STDIN, *STDOUT, $near, ""], 1 => [$near, $near, *STDOUT, ""]);
for (;;) {
  my $ready = "";
  vec($ready, fileno($_->[0]), 1) = 1 for values %sides;
  select($ready, undef, undef, undef);
  for my $side (values %sides) {
    my ($from, $back, $on) = @$side;
    next unless vec($ready, fileno($from), 1);
    sysread($from, $side->[3], 65536, length $side->[3]) or exit;
    while ($side->[3] =~ s/^\x7e*([^\x7e]+)\x7e//) {
      my $frame = $1;
      my $answer = nak($frame);
      put(defined $answer ? ($back, $answer) : ($on, "\x7e$frame\x7e"));
    }
  }
}
`;

/**
 * Words for pppd that make a client which takes stateful MPPE or none, in both directions. pppd accepts
 * stateful from others, but never asks for it; its kernel then encrypts as such a device would.
 */
export async function statefulOnly({ guest }: VpnClient): Promise<string> {
  await guest.must(`echo ${Buffer.from(PROGRAM).toString("base64")} | busybox base64 -d >${SCRIPT}`);
  return `mppe-stateful pty "exec perl ${SCRIPT}"`;
}
