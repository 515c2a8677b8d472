"""The archive: every issue, story and article as pages beside the issues, with lists, search and feeds.

See docs/site.md.
"""

from digest.site.build import Made, build_site

__all__ = ["Made", "build_site"]
