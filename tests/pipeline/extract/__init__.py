"""Tests of pipeline.extract."""
