"""The sample press: invented Moroccan outlets on loopback, with the truth of every page."""

from tests.world.world import World

__all__ = ["World"]
