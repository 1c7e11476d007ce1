//! Which IP addresses are of the public internet, by IANA's registries of special-purpose addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address is of the public internet: of no private, shared, local, reserved or multicast range, and of none
/// that stands for another address that is.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = match a {
        // This network, private, this machine.
        0 | 10 | 127 => true,
        // Shared by the customers of a provider (RFC 6598).
        100 => b & 0xC0 == 64,
        // Link-local, where clouds serve their metadata.
        169 => b == 254,
        172 => b & 0xF0 == 16,
        // Protocol assignments, documentation, the relay of 6to4, private.
        192 => matches!((b, c), (0, 0 | 2) | (88, 99) | (168, _)),
        // Measurements, documentation.
        198 => matches!((b, c), (18 | 19, _) | (51, 100)),
        203 => (b, c) == (0, 113),
        // Multicast, reserved, broadcast.
        224.. => true,
        _ => false,
    };
    !is_special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    // In networks without IPv4, every name that has only such an address gets one with this prefix (RFC 6052).
    if let [0x64, 0xFF9B, 0, 0, 0, 0, _, _] = segments {
        let [.., a, b, c, d] = address.octets();
        return is_public_v4(Ipv4Addr::new(a, b, c, d));
    }
    let [a, b, ..] = segments;
    // All else outside of 2000::/3 is local, reserved, multicast, or an IPv4 address in another form.
    let is_global = a & 0xE000 == 0x2000;
    let is_special = match a {
        // Protocol assignments, tunnels to an IPv4 address (Teredo), documentation.
        0x2001 => b < 0x0200 || b == 0x0DB8,
        // 6to4: an IPv4 address in another form.
        0x2002 => true,
        // Documentation.
        0x3FFF => b < 0x1000,
        _ => false,
    };
    is_global && !is_special
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_internet_are_public() {
        let public = [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "93.184.216.34",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "192.0.3.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "203.0.112.255",
            "203.0.114.0",
            "223.255.255.255",
            "2001:200::1",
            "2001:4860:4860::8888",
            "2606:4700::1111",
            "3ffe::1",
            "3fff:1000::1",
            // 93.184.216.34 in a network without IPv4.
            "64:ff9b::5db8:d822",
        ];
        let special = [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.251",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            // IPv4 addresses in other forms: mapped, compatible, translated, 6to4, Teredo, public ones among them.
            "::ffff:127.0.0.1",
            "::ffff:93.184.216.34",
            "::127.0.0.1",
            "::ffff:0:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::5db8:d822",
            "2002:7f00:1::",
            "2002:5db8:d822::",
            "2001:0:5db8:d822::",
            "100::1",
            "2001:2::1",
            "2001:10::1",
            "2001:20::1",
            "2001:db8::1",
            "3fff::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "4000::1",
        ];

        for (text, expected) in public.iter().map(|it| (it, true)).chain(special.iter().map(|it| (it, false)))
        {
            assert_eq!(is_public(text.parse().unwrap()), expected, "{text}");
        }
    }
}
