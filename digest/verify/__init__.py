"""Proof that what was published is what was read: see docs/cli.md, `digest verify`."""

from digest.verify.checks import verify
from digest.verify.findings import Finding, Report

__all__ = ["Finding", "Report", "verify"]
