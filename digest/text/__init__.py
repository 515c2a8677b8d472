"""Script, sentences and words of Chinese text; the only place that imports jieba."""
