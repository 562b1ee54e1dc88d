"""Tests of pipeline.language."""
