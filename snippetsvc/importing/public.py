"""Which IP addresses are public: global and unicast, whatever other address they carry inside.

Networks on the way may unwrap an address of IPv6 and pass on to the address of IPv4 in it. So the one inside counts,
for each form that has one. The other rules are IANA's registries of special-purpose addresses: `ipaddress` knows them
only as they were when that Python was made, and calls wrapped addresses and groups global.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

IPAddress = IPv4Address | IPv6Address

#: IPv4 in the last 32 bits.
_WRAPPING = (
    IPv6Network("::/96"),  # IPv4-compatible (RFC 4291, 2.5.5.1)
    IPv6Network("::ffff:0:0/96"),  # IPv4-mapped (RFC 4291, 2.5.5.2)
    IPv6Network("64:ff9b::/96"),  # NAT64 (RFC 6052)
    # NAT64 of a local network (RFC 8215). Of 64:ff9b:1::/48, which has room for prefixes of other lengths (RFC 6052,
    # 2.2), nothing else is public.
    IPv6Network("64:ff9b:1::/96"),
)
_NOT_PUBLIC_4 = (
    IPv4Network("192.0.0.0/24"),  # protocol assignments (RFC 6890)
    IPv4Network("192.88.99.0/24"),  # anycast of 6to4 relays (RFC 7526)
)
#: All of IPv6 that is given out as global unicast (RFC 4291, 2.4, and IANA).
_UNICAST_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = (
    IPv6Network("2001::/23"),  # protocol assignments (RFC 2928)
    IPv6Network("2001:db8::/32"),  # documentation (RFC 3849)
    IPv6Network("3fff::/20"),  # documentation (RFC 9637)
)


def is_public(address: IPAddress) -> bool:
    """Whether `address`, and any that it carries, is global and unicast."""
    return all(_is_public_4(each) if each.version == 4 else _is_public_6(each) for each in _meant(address))


def _meant(address: IPAddress) -> tuple[IPAddress, ...]:
    if address.version == 4:
        return (address,)
    if teredo := address.teredo:
        # The server that is asked first, and the client.
        return teredo
    if within := address.sixtofour:
        return (within,)
    if any(address in network for network in _WRAPPING):
        return (IPv4Address(int(address) & 0xFFFF_FFFF),)
    return (address,)


def _is_public_4(address: IPAddress) -> bool:
    return address.is_global and not address.is_multicast and not any(address in network for network in _NOT_PUBLIC_4)


def _is_public_6(address: IPAddress) -> bool:
    return (
        isinstance(address, IPv6Address)
        and address.scope_id is None
        and address in _UNICAST_6
        and not any(address in network for network in _NOT_PUBLIC_6)
    )
