"""An issue becomes bytes; the only place that imports jinja2 and weasyprint."""
